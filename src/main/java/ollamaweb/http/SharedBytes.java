package ollamaweb.http;

import io.javalin.http.Context;
import java.util.function.Supplier;

/** A file that all clients get alike: in memory once, however many of them read it slowly. */
public final class SharedBytes {

    private final Supplier<byte[]> source;
    private byte[] plain;
    private byte[] packed;
    private EntityTag version;

    /** @param source asked when somebody first wants the file */
    public SharedBytes(Supplier<byte[]> source) {
        this.source = source;
    }

    /** Answers with the file, packed if the client takes that. */
    public void send(Context ctx) {
        boolean gzip = AsyncAnswer.takesGzip(ctx);
        AsyncAnswer.send(ctx, bytes(gzip), gzip, () -> {});
    }

    /** As {@link #send}, but for a client that has this version. */
    public void sendIfNew(Context ctx) {
        if (!version().isKnown(ctx)) {
            send(ctx);
        }
    }

    private synchronized EntityTag version() {
        if (version == null) {
            version = EntityTag.of(bytes(false));
        }
        return version;
    }

    /** Makes both forms of it now, so that no client waits for that. */
    public void pack() {
        bytes(true);
    }

    private synchronized byte[] bytes(boolean gzip) {
        if (plain == null) {
            plain = source.get();
        }
        if (gzip && packed == null) {
            packed = AsyncAnswer.gzip(plain);
        }
        return gzip ? packed : plain;
    }
}
