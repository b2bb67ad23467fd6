package ollamaweb.http;

import java.io.IOException;

/** What an answer was asked for with is no longer valid, so the rest of it is not sent. */
final class RevokedException extends IOException {

    private static final long serialVersionUID = 1L;

    RevokedException() {
        super("The key or session that asked for it is no longer valid");
    }
}
