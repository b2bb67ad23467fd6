package ollamaweb.http;

import io.javalin.http.Context;
import io.javalin.http.Header;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends bytes at the pace of the client that reads them, without a thread that waits for it. */
final class AsyncAnswer implements WriteListener {

    private static final Logger log = LoggerFactory.getLogger(AsyncAnswer.class);
    private static final String GZIP = "gzip";
    private static final Pattern TAKES_GZIP = Pattern.compile("(.*[,\\s])?gzip\\s*(,.*|;\\s*q=(?!0(\\.0*)?\\s*(,|$)).*)?");
    /** Of a longer piece the JDK would make a copy outside the heap, for each thread that writes one. */
    private static final int PIECE_BYTES = 32 * 1024;

    private final Context ctx;
    private final ServletOutputStream out;
    private final InputStream content;
    private final Runnable after;
    private final byte[] piece = new byte[PIECE_BYTES];
    private final CompletableFuture<Void> sent = new CompletableFuture<>();

    private AsyncAnswer(Context ctx, ServletOutputStream out, InputStream content, Runnable after) {
        this.ctx = ctx;
        this.out = out;
        this.content = content;
        this.after = after;
    }

    /**
     * Takes the place of the result.
     *
     * @param packed whether the bytes are packed by gzip
     * @param after  run when they are sent or the client has left
     */
    static void send(Context ctx, byte[] bytes, boolean packed, Runnable after) {
        ctx.res().setContentLength(bytes.length);
        send(ctx, new ByteArrayInputStream(bytes), packed, after);
    }

    /**
     * Takes the place of the result. What cannot be read to its end breaks off, so that nobody takes it for whole.
     *
     * @param content read piece by piece as the client takes them; its reads should not wait long
     * @param packed  whether it is packed by gzip
     * @param after   run when it is sent, or the client has left, or it cannot be read
     */
    static void send(Context ctx, InputStream content, boolean packed, Runnable after) {
        if (packed) {
            ctx.header(Header.CONTENT_ENCODING, GZIP);
        }
        ctx.future(() -> {
            try {
                var out = ctx.res().getOutputStream();
                var answer = new AsyncAnswer(ctx, out, content, after);
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
        while (!sent.isDone() && out.isReady()) {
            int length = next();
            if (length < 0) {
                end();
                return;
            }
            out.write(piece, 0, length);
        }
    }

    @Override
    public void onError(Throwable e) {
        log.debug("A client left before it had read its answer - request {}", RequestId.of(ctx), e);
        end();
    }

    private int next() {
        try {
            return content.read(piece);
        } catch (RevokedException e) {
            log.info("{} {} broke off: {} - request {}", ctx.method(), RequestLog.path(ctx), e.getMessage(), RequestId.of(ctx));
            disconnect();
            return -1;
        } catch (IOException | RuntimeException e) {
            log.error("{} {} broke off - request {}", ctx.method(), RequestLog.path(ctx), RequestId.of(ctx), e);
            disconnect();
            return -1;
        }
    }

    private void disconnect() {
        ServletContextRequest.getServletContextRequest(ctx.req()).getConnectionMetaData().getConnection().getEndPoint().close();
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
        return accepted != null && TAKES_GZIP.matcher(accepted.toLowerCase(Locale.ROOT)).matches();
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
