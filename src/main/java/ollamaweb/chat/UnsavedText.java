package ollamaweb.chat;

/**
 * What a generation has said and not yet saved.
 *
 * @param from the place where it begins
 * @param to   the place where it ends
 */
record UnsavedText(Generation generation, int from, int to) {

    boolean isSome() {
        return to > from;
    }

    String text() {
        return generation.log().text(from, to);
    }

    void saved() {
        generation.savedUpTo(to);
    }
}
