package ollamaweb.imports;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import ollamaweb.crypto.Sha256;

/** Tells whether something is the same as another time; different things in a row are never taken for one. */
final class ContentHash {

    private static final int KEPT_BYTES = 16;

    private final MessageDigest digest = Sha256.newDigest();

    /** @param text or null, which is told from an empty one */
    ContentHash text(String text) {
        if (text == null) {
            return number(-1);
        }
        var bytes = text.getBytes(UTF_8);
        number(bytes.length);
        digest.update(bytes);
        return this;
    }

    ContentHash number(long number) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
        return this;
    }

    /** @return the hash, once, in hexadecimal */
    String end() {
        return HexFormat.of().formatHex(digest.digest(), 0, KEPT_BYTES);
    }
}
