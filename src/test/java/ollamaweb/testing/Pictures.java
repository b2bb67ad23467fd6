package ollamaweb.testing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Files that look like images to whoever reads their first bytes. */
public final class Pictures {

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0};

    private Pictures() {}

    /** @return a PNG that no other test has, as long as its name is its own */
    public static byte[] png(String name) {
        var text = name.getBytes(StandardCharsets.UTF_8);
        var png = Arrays.copyOf(PNG, PNG.length + text.length);
        System.arraycopy(text, 0, png, PNG.length, text.length);
        return png;
    }

    /** @return a PNG of this many bytes */
    public static byte[] png(int size) {
        var png = Arrays.copyOf(PNG, size);
        for (int i = PNG.length; i < size; i++) {
            png[i] = (byte) (i * 31 + (i >> 8));
        }
        return png;
    }

    public static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
