package ollamaweb.insights;

/**
 * Something of the user's that a text relies on.
 *
 * @param type {@code task}, {@code goal} or {@code message}
 */
record Source(String type, long id) {

    static Source task(long id) {
        return new Source("task", id);
    }

    static Source goal(long id) {
        return new Source("goal", id);
    }

    static Source message(long id) {
        return new Source("message", id);
    }

    /** @return how it is marked in what the model reads, and cited in what it writes */
    String mark() {
        return "[" + type + " " + id + "]";
    }
}
