package ollamaweb.chat;

/**
 * What a generation has said and thought and not yet saved.
 *
 * @param from         the place in the content where it begins
 * @param to           the place where it ends
 * @param thinkingFrom the place in the thinking where it begins
 * @param thinkingTo   the place where it ends
 */
record UnsavedText(Generation generation, int from, int to, int thinkingFrom, int thinkingTo) {

    boolean isSome() {
        return to > from || thinkingTo > thinkingFrom;
    }

    /** Adds it to what is saved. */
    void append(GenerationDao answers) {
        if (to > from) {
            answers.append(generation.id(), generation.question().serverId(), from, generation.log().text(from, to));
        }
        if (thinkingTo > thinkingFrom) {
            answers.appendThinking(generation.id(), generation.question().serverId(), thinkingFrom,
                    generation.log().thinking(thinkingFrom, thinkingTo));
        }
    }

    void saved() {
        generation.saving().savedUpTo(to, thinkingTo);
    }
}
