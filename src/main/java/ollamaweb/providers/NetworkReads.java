package ollamaweb.providers;

/** Tells the listener of one answer that everything so far was told: before the network is read, or else after each piece. */
final class NetworkReads implements Runnable {

    private final ChatListener listener;
    private volatile boolean reading;
    private volatile boolean seen;

    NetworkReads(ChatListener listener) {
        this.listener = listener;
    }

    /** The answer is being read; before and after, the connection is somebody else's. */
    void reading(boolean now) {
        reading = now;
    }

    /** The reads of this answer's connection can be seen. */
    void areSeen() {
        seen = true;
    }

    /** A piece was told, and more of them may be in a buffer. */
    void told() {
        if (!seen) {
            listener.caughtUp();
        }
    }

    @Override
    public void run() {
        if (reading) {
            listener.caughtUp();
        }
    }
}
