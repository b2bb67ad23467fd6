package ollamaweb.providers;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** An image as text in base64, read while it is sent; what type it is is told from its first bytes. */
public final class ImageText extends Reader {

    private static final int FIRST_BYTES = 12;
    /** A multiple of three: no padding in the middle. */
    private static final int PIECE_BYTES = 3 * 1024;
    private static final Map<String, String> TYPES =
            Map.of("\u0089PNG", "image/png", "\u00ff\u00d8\u00ff", "image/jpeg", "GIF8", "image/gif", "RIFF", "image/webp");

    private final InputStream bytes;
    private final String mediaType;
    private String text;
    private int read;

    private ImageText(InputStream bytes, byte[] first) {
        this.bytes = bytes;
        var mark = new String(first, StandardCharsets.ISO_8859_1);
        this.mediaType = TYPES.entrySet().stream().filter(type -> mark.startsWith(type.getKey())).map(Map.Entry::getValue)
                .findFirst().orElse("image/png");
        this.text = encoded(first);
    }

    /** @return to be closed by the caller */
    public static ImageText of(Attachment image) throws IOException {
        var bytes = image.source().open();
        try {
            return new ImageText(bytes, bytes.readNBytes(FIRST_BYTES));
        } catch (IOException | RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    /** @return such as {@code image/jpeg} */
    public String mediaType() {
        return mediaType;
    }

    /** Has the text begin with {@code data:}, its type, and a comma, as a URL that holds what it leads to. */
    public ImageText asUrl() {
        text = "data:" + mediaType + ";base64," + text;
        return this;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        if (read == text.length()) {
            text = encoded(bytes.readNBytes(PIECE_BYTES));
            read = 0;
            if (text.isEmpty()) {
                return -1;
            }
        }
        int count = Math.min(length, text.length() - read);
        text.getChars(read, read + count, buffer, offset);
        read += count;
        return count;
    }

    private static String encoded(byte[] piece) {
        return Base64.getEncoder().encodeToString(piece);
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
