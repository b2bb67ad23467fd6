package ollamaweb.imports.sources;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.InputStream;
import ollamaweb.json.Json;

/**
 * Goes through a JSON document of any size and gives the bytes of its values, one value after the other, without holding them.
 * It looks at brackets, quotes and commas alone: whether a value is right is found by who reads its bytes, and one that is not
 * is passed over up to where it ends.
 */
public final class JsonScanner {

    private static final int BUFFER = 64 * 1024;
    private static final int MAX_NAME_BYTES = 1000;
    private static final int BYTE_ORDER_MARK = 0xEF;

    private final InputStream in;
    private final byte[] buffer;
    private int from;
    private int to;
    private long read;
    /** Whether a comma or the end has to follow. */
    private boolean afterValue;
    private Value open;

    /** @param in a document in UTF-8, with or without a byte order mark; closed by who opened it */
    public JsonScanner(InputStream in) {
        this(in, BUFFER);
    }

    JsonScanner(InputStream in, int bufferSize) {
        this.in = in;
        this.buffer = new byte[bufferSize];
    }

    /** @return the next byte that is no white space, which stays where it is; -1 at the end */
    public int peek() throws IOException {
        finish();
        while (true) {
            if (from == to && !fill()) {
                return -1;
            }
            int c = buffer[from] & 0xFF;
            if (c == BYTE_ORDER_MARK && position() == 0) {
                skipByteOrderMark();
            } else if (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
                from++;
            } else {
                return c;
            }
        }
    }

    /** @return how many bytes come before the one that was looked at with {@link #peek} */
    public long position() {
        return read - (to - from);
    }

    /** Goes into a list, whose elements {@link #nextElement} finds. */
    public void beginArray() throws IOException {
        begin('[');
    }

    /** Goes into an object, whose members {@link #nextName} finds. */
    public void beginObject() throws IOException {
        begin('{');
    }

    /** @return whether another element follows, at whose beginning this stands then; if not, the list is left */
    public boolean nextElement() throws IOException {
        return next(']');
    }

    /** @return the name of the next member, at the beginning of whose value this stands then; null where the object ends, which is left */
    public String nextName() throws IOException {
        if (!next('}')) {
            return null;
        }
        if (peek() != '"') {
            throw malformed();
        }
        var name = value().readNBytes(MAX_NAME_BYTES);
        if (peek() != ':') {
            throw malformed();
        }
        from++;
        afterValue = false;
        peek();
        try {
            return Json.MAPPER.readValue(name, String.class);
        } catch (JsonProcessingException e) {
            return ""; // longer than any that is known
        }
    }

    /**
     * @return the bytes of the value at whose beginning this stands; what is not read of them is passed over. They end with an
     *         {@link UnreadableException} where the document does before them
     */
    public InputStream value() throws IOException {
        int first = peek();
        if (first < 0) {
            throw cut();
        }
        open = new Value();
        return open;
    }

    private void begin(char bracket) throws IOException {
        if (peek() != bracket) {
            throw malformed();
        }
        from++;
        afterValue = false;
    }

    private boolean next(char end) throws IOException {
        int c = peek();
        if (afterValue && c == ',') {
            from++;
            c = peek();
        } else if (afterValue && c >= 0 && c != end) {
            throw malformed();
        }
        if (c < 0) {
            throw cut();
        }
        if (c == end) {
            from++;
            afterValue = true;
            return false;
        }
        if (c == ',' || c == ':' || c == ']' || c == '}') {
            throw malformed();
        }
        return true;
    }

    private void finish() throws IOException {
        if (open != null) {
            var value = open;
            open = null;
            value.passOver();
            afterValue = true;
        }
    }

    private void skipByteOrderMark() throws IOException {
        for (int i = 0; i < 3 && (from < to || fill()); i++) {
            from++;
        }
    }

    private boolean fill() throws IOException {
        from = 0;
        to = Math.max(0, in.read(buffer, 0, buffer.length));
        read += to;
        return to > 0;
    }

    private static UnreadableException cut() {
        return new UnreadableException("The file ends in the middle.");
    }

    private UnreadableException malformed() {
        return new UnreadableException("From byte " + position() + " on the file is not valid JSON.");
    }

    /** The bytes of one value. */
    private final class Value extends InputStream {

        private final JsonValueEnd end = new JsonValueEnd();

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            int next = advance(length);
            int count = next - from;
            System.arraycopy(buffer, from, target, offset, count);
            from = next;
            return count == 0 ? -1 : count;
        }

        private void passOver() throws IOException {
            while (!end.isReached()) {
                from = advance(buffer.length);
            }
        }

        /** @return up to where in the buffer, and at most how far, the value goes */
        private int advance(int length) throws IOException {
            if (end.isReached()) {
                return from;
            }
            if (from == to && !fill()) {
                if (!end.mayBeHere()) {
                    throw cut();
                }
                return from;
            }
            int limit = length < to - from ? from + length : to;
            int i = from;
            while (i < limit && !end.isReached()) {
                i += end.take(buffer[i]);
            }
            return i;
        }
    }
}
