package ollamaweb.chat;

/** For what must not keep the rest from being done: a line in the log, when there is no memory even for that. */
final class Quietly {

    private Quietly() {}

    /** Runs it; whatever it throws is dropped. */
    static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error nothingToBeDone) {
            // It was worth a try.
        }
    }
}
