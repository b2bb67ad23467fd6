package ollamaweb.providers;

/** The fetching of one model, to be run once. */
public interface ModelPull {

    /**
     * Fetches the model; blocks until it is there.
     *
     * @throws ProviderException if it does not come whole
     */
    void run();

    /** Cancels it at once, from any thread; what has come stays with the server, and another pull goes on from there. */
    void cancel();
}
