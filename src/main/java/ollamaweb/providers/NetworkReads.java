package ollamaweb.providers;

/**
 * Tells the reader of one answer that it has got everything there is so far: before the network is read, or, where that cannot be
 * seen, after each piece.
 */
public final class NetworkReads implements Runnable {

    private volatile Runnable caughtUp = NetworkReads::nobody;
    private volatile boolean seen;

    /**
     * The answer is being read from now on; before, the connection is somebody else's.
     *
     * @param caughtUp run by the thread that reads the answer
     */
    public void begin(Runnable caughtUp) {
        this.caughtUp = caughtUp;
    }

    /** The answer is not read any more; the connection is somebody else's again. */
    public void end() {
        caughtUp = NetworkReads::nobody;
    }

    private static void nobody() {}

    /** The reads of this answer's connection can be seen. */
    void areSeen() {
        seen = true;
    }

    /** A piece was read, and more of them may be in a buffer. */
    public void told() {
        if (!seen) {
            run();
        }
    }

    @Override
    public void run() {
        caughtUp.run();
    }
}
