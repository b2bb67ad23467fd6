package ollamaweb.db;

import java.io.IOException;

/** Another program has the data for itself. */
public final class InUseException extends IOException {

    private static final long serialVersionUID = 1L;

    public InUseException() {
        super("another ollama-web uses this database");
    }
}
