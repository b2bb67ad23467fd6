package ollamaweb.imports.sources;

import java.io.IOException;
import java.io.InputStream;

/**
 * An image or a text that came with a message.
 *
 * @param name    as the source calls it, may be empty
 * @param content opens its bytes, more than once if need be, as long as the file that is imported is open
 */
public record SourceFile(String name, Content content) {

    /** Where the bytes of a file come from. */
    @FunctionalInterface
    public interface Content {

        /** @return the bytes, to be closed by who asks for them */
        InputStream open() throws IOException;
    }
}
