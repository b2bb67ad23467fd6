package ollamaweb.files;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What a file is, told from its first bytes. */
final class FileType {

    static final String TEXT = "text/plain";
    /** So many bytes tell each type. */
    static final int BYTES = 12;

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};
    private static final byte[] RIFF = ascii("RIFF");
    private static final byte[] WEBP = ascii("WEBP");
    private static final int WEBP_AT = 8;

    private FileType() {}

    /** @return the media type of an image that models may understand, or null */
    static String ofImage(byte[] first) {
        if (has(first, 0, PNG)) {
            return "image/png";
        }
        if (has(first, 0, JPEG)) {
            return "image/jpeg";
        }
        if (has(first, 0, ascii("GIF87a")) || has(first, 0, ascii("GIF89a"))) {
            return "image/gif";
        }
        return has(first, 0, RIFF) && has(first, WEBP_AT, WEBP) ? "image/webp" : null;
    }

    private static boolean has(byte[] bytes, int at, byte[] mark) {
        return bytes.length >= at + mark.length && Arrays.equals(bytes, at, at + mark.length, mark, 0, mark.length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
