package ollamaweb.export.zip;

import java.io.IOException;

/** What goes into a zip, one file after the other. */
@FunctionalInterface
public interface ZipContents {

    /** @return the next file, asked for when the one before it is written; null: there are no more */
    ZipMember next() throws IOException;
}
