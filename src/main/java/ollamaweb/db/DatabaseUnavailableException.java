package ollamaweb.db;

/** The database could not take a write, or could not be reached. Nothing of the write was kept. */
public final class DatabaseUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message a sentence for whoever sent the request */
    public DatabaseUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
