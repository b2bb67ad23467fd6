package ollamaweb.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.Locale;

/** Reads one HTTP/1.1 response as its bytes come, and passes its body on without copying. */
final class HttpResponse {

    /** Gets the body, piece by piece. */
    @FunctionalInterface
    interface Body {
        void bytes(byte[] bytes, int from, int to) throws IOException;
    }

    private enum Part { HEAD, PLAIN, CHUNK_SIZE, CHUNK, CHUNK_END, LAST_LINE, END }

    private static final int NOT_MODIFIED = 304;
    private static final int MAX_HEAD_BYTES = 8192;

    private final byte[] head = new byte[MAX_HEAD_BYTES];
    private int headLength;
    private Part part = Part.HEAD;
    private int status;
    private long left;
    private long bodyBytes;

    int status() {
        return status;
    }

    long bodyBytes() {
        return bodyBytes;
    }

    boolean isComplete() {
        return part == Part.END;
    }

    /** Makes it ready for the next response on the same connection. */
    void restart() {
        headLength = 0;
        part = Part.HEAD;
    }

    void read(byte[] bytes, int length, Body body) throws IOException {
        int at = 0;
        while (at < length) {
            switch (part) {
                case HEAD -> headByte(bytes[at++]);
                case PLAIN, CHUNK -> {
                    int to = (int) Math.min(length, at + left);
                    body.bytes(bytes, at, to);
                    bodyBytes += to - at;
                    left -= to - at;
                    at = to;
                    if (left == 0) {
                        part = part == Part.PLAIN ? Part.END : Part.CHUNK_END;
                    }
                }
                case CHUNK_SIZE -> chunkSizeByte(bytes[at++]);
                case CHUNK_END -> lineEnd(bytes[at++], Part.CHUNK_SIZE);
                case LAST_LINE -> lineEnd(bytes[at++], Part.END);
                case END -> throw new IOException("there is more than one answer to one request");
            }
        }
    }

    private void headByte(byte b) throws IOException {
        if (headLength == head.length) {
            throw new IOException("the head of the response does not end");
        }
        head[headLength++] = b;
        if (b == '\n' && headLength >= 4 && head[headLength - 3] == '\n') {
            readHead(new String(head, 0, headLength, ISO_8859_1).toLowerCase(Locale.ROOT));
        }
    }

    private void readHead(String text) throws IOException {
        status = Integer.parseInt(text.substring(9, 12));
        if (status == NOT_MODIFIED) {
            part = Part.END;
            return;
        }
        if (text.contains("\r\ntransfer-encoding: chunked\r\n")) {
            startChunk();
            return;
        }
        int field = text.indexOf("\r\ncontent-length: ");
        if (field < 0) {
            throw new IOException("neither length nor chunks: " + text);
        }
        left = Long.parseLong(text.substring(field + 18, text.indexOf('\r', field + 18)).strip());
        part = left == 0 ? Part.END : Part.PLAIN;
    }

    private void startChunk() {
        part = Part.CHUNK_SIZE;
        left = 0;
    }

    private void chunkSizeByte(byte b) {
        if (b == '\n') {
            part = left == 0 ? Part.LAST_LINE : Part.CHUNK;
        } else if (b != '\r') {
            left = left * 16 + Character.digit(b, 16);
        }
    }

    private void lineEnd(byte b, Part next) {
        if (b == '\n') {
            part = next;
            left = 0;
        }
    }
}
