package ollamaweb.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** A body in memory, in pieces that are made as its bytes arrive, the first ones small. */
final class RequestBody {

    private static final String ATTRIBUTE = RequestBody.class.getName();
    private static final int FIRST_PIECE = 512;
    private static final int LARGEST_PIECE = 64 * 1024;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final BodyLimit limit;
    private final BodyMemory memory;
    private final List<byte[]> pieces = new ArrayList<>();
    private long size;
    private long capacity;

    RequestBody(BodyLimit limit, BodyMemory memory) {
        this.limit = limit;
        this.memory = memory;
    }

    /** @return the request's body, empty when it has none */
    static RequestBody of(Context ctx) {
        return ctx.attribute(ATTRIBUTE) instanceof RequestBody body ? body : new RequestBody(null, null);
    }

    /** @return a body of these bytes, for which nothing is reserved */
    static RequestBody of(byte[] bytes) {
        var body = new RequestBody(null, null);
        body.pieces.add(bytes);
        body.size = bytes.length;
        body.capacity = bytes.length;
        return body;
    }

    void attach(Context ctx) {
        ctx.attribute(ATTRIBUTE, this);
    }

    long size() {
        return size;
    }

    /**
     * Takes what can be read at once, at most a piece; to be called when there is something.
     *
     * @return how many bytes that were, or -1 at the end
     * @throws ApiException 413 beyond the limit, 503 when there is no memory for it
     */
    int readFrom(InputStream in) throws IOException {
        if (size == capacity) {
            int next = (int) Math.min(LARGEST_PIECE, Math.max(FIRST_PIECE, capacity));
            memory.reserve(next);
            pieces.add(new byte[next]);
            capacity += next;
        }
        var piece = pieces.get(pieces.size() - 1);
        int free = (int) (capacity - size);
        int read = in.read(piece, piece.length - free, free);
        size += Math.max(0, read);
        if (size > limit.bytes()) {
            throw limit.exceeded();
        }
        return read;
    }

    /**
     * @return what this packed body holds
     * @throws ApiException 400 if it is not packed by gzip, 413, 503
     */
    RequestBody unpacked() {
        var whole = new RequestBody(limit, memory);
        try (var in = new GZIPInputStream(stream(true))) {
            int read;
            do {
                read = whole.readFrom(in);
            } while (read >= 0);
            return whole;
        } catch (IOException e) {
            throw ApiException.badRequest("The body is not what its Content-Encoding says");
        }
    }

    /** Reads it once from its beginning, and forgets what was read; a byte order mark is left out. */
    Reader text() {
        return new InputStreamReader(withoutMark(stream(true)), StandardCharsets.UTF_8.newDecoder());
    }

    /** Reads it once, and forgets what was read. */
    byte[] bytes() {
        try (var in = stream(true)) {
            return in.readAllBytes();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** @return whether all of it is UTF-8; decoders by default put another character for what is none */
    boolean isUtf8() {
        var buffer = new char[2048];
        try (var reader = new InputStreamReader(stream(false), StandardCharsets.UTF_8.newDecoder())) {
            while (reader.read(buffer) >= 0) {
                // Reading is all.
            }
            return true;
        } catch (CharacterCodingException e) {
            return false;
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private InputStream withoutMark(InputStream in) {
        var first = pieces.isEmpty() ? new byte[0] : pieces.get(0);
        int mark = BYTE_ORDER_MARK.length;
        try {
            if (size >= mark && Arrays.equals(first, 0, mark, BYTE_ORDER_MARK, 0, mark)) {
                in.skipNBytes(mark);
            }
            return in;
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private InputStream stream(boolean forget) {
        return new PieceStream(pieces, size, forget);
    }
}
