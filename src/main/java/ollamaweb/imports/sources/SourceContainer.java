package ollamaweb.imports.sources;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/** The file that is imported: a zip with members, or one document. */
public interface SourceContainer extends Closeable {

    /** @return the file itself, only to be read */
    Path path();

    /** @return the paths of its members as the zip tells them, folders left out; empty where it is no zip */
    List<String> members();

    /**
     * @param name one of {@link #members}
     * @return its bytes unpacked, which end with an {@link IOException} where they are more than a member may have
     */
    InputStream open(String name) throws IOException;

    /** @return the bytes of a file that is no zip */
    InputStream open() throws IOException;

    /** @return whether it is a zip */
    boolean isZip();
}
