package ollamaweb.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Server-sent events as bytes (WHATWG HTML, section 9.2), gathered for one write. Data is JSON, hence a single line.
 */
public final class SseBuffer {

    private static final byte[] PING = ascii(": ping\n\n");
    private static final byte[] EVENT = ascii("event: ");
    private static final byte[] ID = ascii("id: ");
    private static final byte[] DATA = ascii("\ndata: ");
    private static final byte[] TOKEN = ascii("\nevent: token\ndata: {\"content\":\"");
    private static final byte[] THINKING_ID = ascii("id: t");
    private static final byte[] THINKING = ascii("\nevent: thinking\ndata: {\"content\":\"");
    private static final byte[] TOKEN_END = ascii("\"}\n\n");
    private static final byte[] END = ascii("\n\n");
    private static final byte[] HEX = ascii("0123456789abcdef");

    private byte[] bytes = new byte[1024];
    private int size;

    /** An event whose data is JSON text. */
    public void event(String name, String json) {
        put(EVENT);
        put(ascii(name));
        put(DATA);
        put(json.getBytes(StandardCharsets.UTF_8));
        put(END);
    }

    /** An event with an id, as a browser sends it back in {@code Last-Event-ID}. */
    public void event(String id, String name, String json) {
        put(ID);
        put(ascii(id));
        put((byte) '\n');
        event(name, json);
    }

    /** A {@code token} event with the id {@code id} and, as its content, UTF-8 text escaped as JSON. */
    public void token(long id, byte[] text, int from, int to) {
        put(ID);
        putNumber(id);
        put(TOKEN);
        putEscaped(text, from, to);
        put(TOKEN_END);
    }

    /** A {@code thinking} event, as {@link #token}; its id begins with {@code t}, since it counts the bytes of another text. */
    public void thinking(long id, byte[] text, int from, int to) {
        put(THINKING_ID);
        putNumber(id);
        put(THINKING);
        putEscaped(text, from, to);
        put(TOKEN_END);
    }

    /** A comment, so that a silent stream does not look dead and a dead one is noticed. */
    public void ping() {
        put(PING);
    }

    public int size() {
        return size;
    }

    byte[] bytes() {
        return bytes;
    }

    void clear() {
        size = 0;
    }

    private void putEscaped(byte[] text, int from, int to) {
        ensure(to - from);
        for (int i = from; i < to; i++) {
            byte b = text[i];
            if (b == '"' || b == '\\') {
                put((byte) '\\');
                put(b);
            } else if (b >= 0 && b < 0x20) {
                putControl(b);
            } else {
                put(b);
            }
        }
    }

    private void putControl(byte b) {
        put((byte) '\\');
        switch (b) {
            case '\n' -> put((byte) 'n');
            case '\r' -> put((byte) 'r');
            case '\t' -> put((byte) 't');
            default -> {
                put((byte) 'u');
                put((byte) '0');
                put((byte) '0');
                put(HEX[b >> 4]);
                put(HEX[b & 15]);
            }
        }
    }

    private void putNumber(long number) {
        ensure(20);
        int digits = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        size += digits;
        for (int i = 1; i <= digits; i++) {
            bytes[size - i] = (byte) ('0' + number % 10);
            number /= 10;
        }
    }

    private void put(byte b) {
        if (size == bytes.length) {
            ensure(1);
        }
        bytes[size++] = b;
    }

    private void put(byte[] more) {
        ensure(more.length);
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
