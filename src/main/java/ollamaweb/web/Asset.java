package ollamaweb.web;

import io.javalin.http.Context;
import ollamaweb.http.SharedBytes;

/** A file as it is served; compressed once, at the latest when it is first asked for. */
final class Asset {

    private final String type;
    private final byte[] bytes;
    private final SharedBytes shared;

    /** @param type the value of {@code Content-Type} */
    Asset(String type, byte[] bytes) {
        this.type = type;
        this.bytes = bytes;
        this.shared = new SharedBytes(() -> bytes);
    }

    String type() {
        return type;
    }

    /** @return the file as it is; not to be changed */
    byte[] bytes() {
        return bytes;
    }

    /** Compresses it, if that makes it smaller, before anybody asks for it. */
    void compress() {
        if (MediaTypes.isCompressible(type)) {
            shared.pack();
        }
    }

    /** Answers with the file. */
    void send(Context ctx) {
        ctx.contentType(type).disableCompression();
        if (MediaTypes.isCompressible(type)) {
            shared.send(ctx);
        } else {
            ctx.result(bytes);
        }
    }
}
