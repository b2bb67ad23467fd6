package ollamaweb.export;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import ollamaweb.files.Base64Bytes;
import ollamaweb.http.Check;

/**
 * A file of an {@link ImportedMessage}; what it is is told from its bytes.
 *
 * @param name may be missing
 */
record ImportedFile(@JsonDeserialize(using = LenientText.class) String name, Base64Bytes data) {

    private static final int MAX_NAME = 1000;

    ImportedFile {
        Check.body().text("name", name, 0, MAX_NAME).required("data", data).orThrow();
        name = name == null ? "" : name;
    }
}
