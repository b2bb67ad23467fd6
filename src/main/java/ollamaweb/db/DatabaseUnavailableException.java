package ollamaweb.db;

/** The database could not take a write: locked by somebody else, disk full, or closing. Nothing of the write was kept. */
public final class DatabaseUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DatabaseUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
