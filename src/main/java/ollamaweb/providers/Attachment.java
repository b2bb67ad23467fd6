package ollamaweb.providers;

import java.io.IOException;
import java.io.InputStream;

/**
 * A file that comes with a message; its bytes are read when they are sent, so that they are never in memory as a whole.
 *
 * @param isImage whether it is a picture; else it is text in UTF-8
 */
public record Attachment(String name, boolean isImage, Source source) {

    /** Where the bytes are. */
    @FunctionalInterface
    public interface Source {

        /** @return the bytes from the first on, to be closed by the caller */
        InputStream open() throws IOException;
    }
}
