package ollamaweb.imports.sources;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URLDecoder;
import java.util.Base64;
import java.util.Locale;

/** Files whose bytes stand in a text. They are decoded when they are opened. */
public final class DataUrl {

    private static final String SCHEME = "data:";
    private static final int LONGEST_HEAD = 500;

    private DataUrl() {}

    /** @return whether the text is a URL that holds its content */
    public static boolean isOne(String url) {
        return url != null && url.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) && comma(url) > 0;
    }

    /** @param url one that {@link #isOne is one}; what is no base64 in it is left out */
    public static SourceFile file(String name, String url) {
        int comma = comma(url);
        if (url.substring(0, comma).toLowerCase(Locale.ROOT).endsWith(";base64")) {
            return new SourceFile(name, () -> decoded(url, comma + 1));
        }
        return new SourceFile(name, () -> new ByteArrayInputStream(plain(url.substring(comma + 1)).getBytes(UTF_8)));
    }

    /** @return a file of this text */
    public static SourceFile text(String name, String text) {
        return new SourceFile(name, () -> new ByteArrayInputStream(text.getBytes(UTF_8)));
    }

    private static int comma(String url) {
        int comma = url.indexOf(',');
        return comma < LONGEST_HEAD ? comma : -1;
    }

    private static String plain(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private static InputStream decoded(String text, int from) {
        return Base64.getMimeDecoder().wrap(new Characters(text, from));
    }

    /** The characters of a text as bytes, those of base64 for URLs as their usual ones. */
    private static final class Characters extends InputStream {

        private final String text;
        private int next;

        Characters(String text, int from) {
            this.text = text;
            this.next = from;
        }

        @Override
        public int read() {
            if (next == text.length()) {
                return -1;
            }
            char c = text.charAt(next++);
            return c == '-' ? '+' : c == '_' ? '/' : c < 0x80 ? c : ' ';
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            int count = Math.min(length, text.length() - next);
            for (int i = 0; i < count; i++) {
                target[offset + i] = (byte) read();
            }
            return count == 0 && length > 0 ? -1 : count;
        }
    }
}
