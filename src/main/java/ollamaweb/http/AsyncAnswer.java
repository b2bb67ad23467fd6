package ollamaweb.http;

import io.javalin.http.Context;
import io.javalin.http.Header;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.ee10.servlet.HttpOutput;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends bytes at the pace of the client that reads them, without a thread that waits for it. */
final class AsyncAnswer {

    private static final Logger log = LoggerFactory.getLogger(AsyncAnswer.class);
    private static final String GZIP = "gzip";

    private AsyncAnswer() {}

    /**
     * Takes the place of the result.
     *
     * @param packed whether the bytes are packed by gzip
     * @param after  run when they are sent or the client has left
     */
    static void send(Context ctx, byte[] bytes, boolean packed, Runnable after) {
        if (packed) {
            ctx.header(Header.CONTENT_ENCODING, GZIP);
        }
        ctx.future(() -> {
            var sent = new CompletableFuture<Void>();
            ctx.res().setContentLength(bytes.length);
            // As a stream it is written piece by piece; at once, the JDK would make a copy outside the heap of all of it.
            output(ctx).sendContent(new ByteArrayInputStream(bytes), Callback.from(() -> end(sent, after), failure -> {
                log.debug("A client left before it had read its answer", failure);
                end(sent, after);
            }));
            return sent;
        });
    }

    private static HttpOutput output(Context ctx) {
        try {
            return (HttpOutput) ctx.res().getOutputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return whether the client takes gzip */
    static boolean takesGzip(Context ctx) {
        var accepted = ctx.header(Header.ACCEPT_ENCODING);
        return accepted != null && accepted.toLowerCase(Locale.ROOT).matches("(.*[,\\s])?gzip\\s*(,.*|;\\s*q=(?!0(\\.0*)?\\s*(,|$)).*)?");
    }

    static byte[] gzip(byte[] bytes) {
        var packed = new ByteArrayOutputStream(bytes.length / 4);
        try (var out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return packed.toByteArray();
    }

    private static void end(CompletableFuture<Void> sent, Runnable after) {
        after.run();
        sent.complete(null);
    }
}
