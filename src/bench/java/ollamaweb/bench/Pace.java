package ollamaweb.bench;

/**
 * How an answer comes from the upstream.
 *
 * @param perSecond 0: as fast as it is read
 */
record Pace(int tokens, int perSecond) {

    static Pace unthrottled(int tokens) {
        return new Pace(tokens, 0);
    }

    boolean isSteady() {
        return perSecond > 0;
    }

    /** @return the scripted Ollama's model that answers so */
    String model() {
        return "bench-" + tokens + "-" + perSecond;
    }
}
