package ollamaweb.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;
import ollamaweb.http.StreamedJson.Body;
import ollamaweb.json.Json;

/** A JSON document as bytes to be read: its next part is written when the one before has been read. */
final class JsonDocumentStream extends PartStream {

    private final Body body;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final ByteArrayOutputStream packed = new ByteArrayOutputStream();
    private final JsonGenerator json;
    private final byte[] first;
    private GZIPOutputStream gzip;
    private boolean begun;
    private boolean ended;

    /** Writes the first part. */
    JsonDocumentStream(Body body) throws IOException {
        this.body = body;
        this.json = Json.MAPPER.createGenerator(written);
        this.first = written();
    }

    /** @return whether the first part is the whole document */
    boolean isWhole() {
        return ended;
    }

    byte[] firstPart() {
        return first;
    }

    /** From now on it is packed by gzip; to be called before it is read. */
    void pack() throws IOException {
        gzip = new GZIPOutputStream(packed, true);
    }

    @Override
    protected byte[] next() throws IOException {
        if (begun && ended) {
            return null;
        }
        var plain = begun ? written() : first;
        begun = true;
        return gzip == null ? plain : packed(plain);
    }

    private byte[] written() throws IOException {
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
