package ollamaweb.bench;

import java.io.IOException;

/** The server answered, but not with 200. */
final class UnexpectedStatus extends IOException {

    private static final long serialVersionUID = 1L;

    private final int status;

    UnexpectedStatus(int status) {
        super("status " + status);
        this.status = status;
    }

    /** @return whether this server does not know the endpoint at all */
    boolean isNotFound() {
        return status == 404;
    }
}
