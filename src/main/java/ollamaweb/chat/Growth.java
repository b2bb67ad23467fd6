package ollamaweb.chat;

/**
 * What a reply has said and not yet saved.
 *
 * @param from the place where it begins
 * @param to   the place where it ends
 */
record Growth(Reply reply, int from, int to) {

    boolean isSome() {
        return to > from;
    }

    String text() {
        return reply.log().text(from, to);
    }

    void saved() {
        reply.savedUpTo(to);
    }
}
