package ollamaweb.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** A file as it is served; compressed when it is first asked for, once. */
final class Asset {

    private final String type;
    private final byte[] bytes;
    private byte[] compressed;

    /** @param type the value of {@code Content-Type} */
    Asset(String type, byte[] bytes) {
        this.type = type;
        this.bytes = bytes;
    }

    String type() {
        return type;
    }

    /** @return the file as it is; not to be changed */
    byte[] bytes() {
        return bytes;
    }

    boolean isCompressible() {
        return MediaTypes.isCompressible(type);
    }

    /** @return the file in gzip's format; not to be changed */
    synchronized byte[] compressed() {
        if (compressed == null) {
            compressed = gzip(bytes);
        }
        return compressed;
    }

    private static byte[] gzip(byte[] bytes) {
        var out = new ByteArrayOutputStream(bytes.length / 3 + 64);
        try (var gzip = new BestGzip(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** The JDK's stream has no parameter for the level. */
    private static final class BestGzip extends GZIPOutputStream {
        BestGzip(ByteArrayOutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }
}
