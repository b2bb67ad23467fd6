package ollamaweb.http;

import io.javalin.http.Context;
import io.javalin.http.Header;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends bytes at the pace of the client that reads them, without a thread that waits for it. */
final class AsyncAnswer implements WriteListener {

    private static final Logger log = LoggerFactory.getLogger(AsyncAnswer.class);
    private static final String GZIP = "gzip";
    /** Of a longer piece the JDK would make a copy outside the heap, for each thread that writes one. */
    private static final int PIECE_BYTES = 32 * 1024;

    private final ServletOutputStream out;
    private final byte[] bytes;
    private final Runnable after;
    private final CompletableFuture<Void> sent = new CompletableFuture<>();
    private int at;

    private AsyncAnswer(ServletOutputStream out, byte[] bytes, Runnable after) {
        this.out = out;
        this.bytes = bytes;
        this.after = after;
    }

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
            ctx.res().setContentLength(bytes.length);
            try {
                var out = ctx.res().getOutputStream();
                var answer = new AsyncAnswer(out, bytes, after);
                out.setWriteListener(answer);
                return answer.sent;
            } catch (IOException e) {
                after.run();
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    public void onWritePossible() throws IOException {
        while (out.isReady()) {
            if (at == bytes.length) {
                end();
                return;
            }
            int length = Math.min(PIECE_BYTES, bytes.length - at);
            at += length;
            out.write(bytes, at - length, length);
        }
    }

    @Override
    public void onError(Throwable e) {
        log.debug("A client left before it had read its answer", e);
        end();
    }

    private void end() {
        if (!sent.isDone()) {
            after.run();
            sent.complete(null);
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
}
