package ollamaweb.export.zip;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;

/** A file in a zip, written part by part. */
public interface ZipMember {

    /** @return its path in the zip, with {@code /} between folders, at most 65,535 bytes in UTF-8 */
    String name();

    Instant modifiedAt();

    /** @return whether packing it makes it smaller; a picture is packed already */
    boolean isCompressible();

    /**
     * Writes the next part, some tens of KiB.
     *
     * @param out the same each time
     * @return whether there is more to write
     */
    boolean writeNext(OutputStream out) throws IOException;
}
