package ollamaweb.db;

import java.nio.charset.StandardCharsets;
import java.sql.SQLDataException;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * A long text as an SQLite file keeps it: a BLOB in the column of the text. A byte tells the format, ten digits how many bytes the
 * text has as UTF-8, so that SQL can read that, and the text follows as zlib compresses it, with zlib's checksum. PostgreSQL
 * compresses by itself.
 */
public final class CompressedText {

    /** Shorter texts, in bytes, and this long ones stay as they are. */
    public static final int LONGEST_PLAIN = 2048;
    /** Longer ones stay as they are, so that a BLOB never takes more memory than this, whatever it says of itself. */
    public static final int LONGEST = 8 * 1024 * 1024;

    private static final byte ZLIB = 1;
    private static final int DIGITS = 10;
    private static final int HEAD_BYTES = 1 + DIGITS;
    /** No byte of zlib's stands for more of the text. */
    private static final int HIGHEST_RATIO = 1032;
    private static final int BUFFER_BYTES = 8 * 1024;

    private CompressedText() {}

    /** @param text as UTF-8, at most {@link #LONGEST} bytes */
    public static byte[] of(byte[] text) {
        var deflater = new Deflater();
        try {
            deflater.setInput(text);
            deflater.finish();
            var compressed = new byte[HEAD_BYTES + text.length / 2 + BUFFER_BYTES];
            compressed[0] = ZLIB;
            var digits = String.format(Locale.ROOT, "%0" + DIGITS + "d", text.length).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(digits, 0, compressed, 1, DIGITS);
            int length = HEAD_BYTES;
            while (!deflater.finished()) {
                if (length == compressed.length) {
                    compressed = Arrays.copyOf(compressed, length * 2);
                }
                length += deflater.deflate(compressed, length, compressed.length - length);
            }
            return Arrays.copyOf(compressed, length);
        } finally {
            deflater.end();
        }
    }

    /**
     * @param compressed as {@link #of} gave it
     * @throws SQLDataException if it is damaged
     */
    public static String text(byte[] compressed) throws SQLDataException {
        int length = length(compressed);
        var text = bytes(compressed, 0, length, true);
        return new String(text, StandardCharsets.UTF_8);
    }

    /**
     * A part of a text, of which no more than that is in memory at once.
     *
     * @param compressed as {@link #of} gave it
     * @param from       the place of its first byte in the UTF-8, from 0
     * @return fewer than {@code size} bytes at the end of the text
     * @throws SQLDataException if it is damaged; where the text is not read to its end, only that much of it is looked at
     */
    public static byte[] piece(byte[] compressed, long from, int size) throws SQLDataException {
        int length = length(compressed);
        int begin = (int) Math.min(Math.max(from, 0), length);
        int end = (int) Math.min((long) begin + Math.max(size, 0), length);
        return bytes(compressed, begin, end, end == length);
    }

    private static int length(byte[] compressed) throws SQLDataException {
        if (compressed.length <= HEAD_BYTES || compressed[0] != ZLIB) {
            throw damaged(null);
        }
        long length = 0;
        for (int i = 1; i <= DIGITS; i++) {
            int digit = compressed[i] - '0';
            if (digit < 0 || digit > 9) {
                throw damaged(null);
            }
            length = length * 10 + digit;
        }
        if (length > LONGEST || length > (long) HIGHEST_RATIO * compressed.length) {
            throw damaged(null);
        }
        return (int) length;
    }

    /** @param toEnd whether nothing may follow them */
    private static byte[] bytes(byte[] compressed, int begin, int end, boolean toEnd) throws SQLDataException {
        var inflater = new Inflater();
        try {
            inflater.setInput(compressed, HEAD_BYTES, compressed.length - HEAD_BYTES);
            var passed = new byte[Math.min(begin, BUFFER_BYTES)];
            for (int left = begin; left > 0;) {
                left -= inflate(inflater, passed, 0, Math.min(left, passed.length));
            }
            var bytes = new byte[end - begin];
            for (int read = 0; read < bytes.length;) {
                read += inflate(inflater, bytes, read, bytes.length - read);
            }
            if (toEnd && (inflater.inflate(new byte[1]) > 0 || !inflater.finished() || inflater.getRemaining() > 0)) {
                throw damaged(null);
            }
            return bytes;
        } catch (DataFormatException e) {
            throw damaged(e);
        } finally {
            inflater.end();
        }
    }

    private static int inflate(Inflater inflater, byte[] bytes, int at, int length) throws DataFormatException, SQLDataException {
        int count = inflater.inflate(bytes, at, length);
        if (count == 0) {
            throw damaged(null);
        }
        return count;
    }

    private static SQLDataException damaged(Throwable cause) {
        return new SQLDataException("A compressed text in the database is damaged", cause);
    }
}
