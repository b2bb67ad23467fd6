package ollamaweb.db;

/** Hears how long the database takes; called by the threads that use it, so it has to be quick. */
public interface DatabaseObserver {

    /** Hears nothing. */
    DatabaseObserver NONE = new DatabaseObserver() {
        @Override
        public void hasWritten(long nanos) {}

        @Override
        public void hasRead(long nanos) {}
    };

    /** @param nanos from when a write was asked for until it was on disk, or had failed */
    void hasWritten(long nanos);

    /** @param nanos how long a statement took that reads */
    void hasRead(long nanos);
}
