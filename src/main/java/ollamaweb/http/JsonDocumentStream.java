package ollamaweb.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPOutputStream;
import ollamaweb.http.StreamedJson.Body;
import ollamaweb.json.Json;

/** A JSON document as bytes to be read: its next part is written when the one before has been read. */
final class JsonDocumentStream extends InputStream {

    private final Body body;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final ByteArrayOutputStream packed = new ByteArrayOutputStream();
    private final JsonGenerator json;
    private GZIPOutputStream gzip;
    private byte[] part;
    private int read;
    private boolean ended;

    /** Writes the first part. */
    JsonDocumentStream(Body body) throws IOException {
        this.body = body;
        this.json = Json.MAPPER.createGenerator(written);
        this.part = next();
    }

    /** @return whether the first part is the whole document */
    boolean isWhole() {
        return ended;
    }

    byte[] firstPart() {
        return part;
    }

    /** From now on it is packed by gzip; to be called before it is read. */
    void pack() throws IOException {
        gzip = new GZIPOutputStream(packed, true);
        part = packed(part);
    }

    @Override
    public int read() throws IOException {
        return fill() ? part[read++] & 0xff : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, part.length - read);
        System.arraycopy(part, read, buffer, offset, count);
        read += count;
        return count;
    }

    private boolean fill() throws IOException {
        while (read == part.length) {
            if (ended) {
                return false;
            }
            part = next();
            if (gzip != null) {
                part = packed(part);
            }
            read = 0;
        }
        return true;
    }

    private byte[] next() throws IOException {
        written.reset();
        ended = !body.writeNext(json);
        if (ended) {
            json.close();
        } else {
            json.flush();
        }
        return written.toByteArray();
    }

    private byte[] packed(byte[] plain) throws IOException {
        gzip.write(plain);
        if (ended) {
            gzip.close();
        } else {
            gzip.flush();
        }
        var bytes = packed.toByteArray();
        packed.reset();
        return bytes;
    }
}
