package ollamaweb.providers;

/** One answer, to be read once. */
public interface ChatCall {

    /**
     * Reads the answer to its end and tells its listener; blocks meanwhile.
     *
     * @throws ProviderException for every other ending than the model's own; the listener has then heard of no end
     */
    void run();

    /** Cancels it at once, from any thread; the model stops computing. A call that is not yet running never will. */
    void cancel();
}
