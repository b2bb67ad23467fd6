package ollamaweb.http;

import io.javalin.http.Context;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An answer that comes from another server and is passed on to one client byte for byte, as it comes. The thread that reads it
 * there also writes it here: it waits for the client, so that nothing piles up in between.
 */
public final class RelayedAnswer implements WriteListener {

    private static final Logger log = LoggerFactory.getLogger(RelayedAnswer.class);
    /** A client that takes nothing for so long is gone. */
    private static final Duration CLIENT_TIMEOUT = Duration.ofMinutes(1);

    private final Context ctx;
    private final ServletOutputStream out;
    private final CompletableFuture<Void> finished;
    private boolean opened;
    private boolean closed;
    private boolean unsent;

    private RelayedAnswer(Context ctx, ServletOutputStream out, CompletableFuture<Void> finished) {
        this.ctx = ctx;
        this.out = out;
        this.finished = finished;
    }

    /**
     * Begins the answer to a request that is asynchronous by now.
     *
     * @param contentType as the other server says it; null: it says none
     * @param length      of the body in bytes; -1: not known
     * @param finished    completed once the answer is at its end, or the client has left
     */
    public static RelayedAnswer begin(Context ctx, int status, String contentType, long length, CompletableFuture<Void> finished)
            throws IOException {
        ctx.status(status);
        ctx.res().setCharacterEncoding((String) null); // or it would be added to the type
        ctx.res().setContentType(contentType);
        if (length >= 0) {
            ctx.res().setContentLengthLong(length);
        }
        ctx.header("X-Accel-Buffering", "no");
        var answer = new RelayedAnswer(ctx, ctx.res().getOutputStream(), finished);
        answer.out.setWriteListener(answer);
        return answer;
    }

    /**
     * Takes the bytes, which are sent by the next {@link #flush} at the latest; waits while the client takes none.
     *
     * @return false if the client has left, or takes nothing for a minute
     */
    public boolean write(byte[] bytes, int length) {
        return write(bytes, 0, length);
    }

    /** As {@link #write(byte[], int)}, from some place on. */
    public synchronized boolean write(byte[] bytes, int from, int length) {
        return sent(() -> {
            out.write(bytes, from, length);
            unsent = true;
        });
    }

    /**
     * Sends what was written.
     *
     * @return false if the client has left, or takes nothing for a minute
     */
    public synchronized boolean flush() {
        return unsent ? sent(() -> {
            out.flush();
            unsent = false;
        }) : !closed;
    }

    /** One step of writing. */
    @FunctionalInterface
    private interface Step {

        void run() throws IOException;
    }

    private boolean sent(Step step) {
        try {
            if (!awaitReady()) {
                return false;
            }
            step.run();
            return true;
        } catch (IOException | IllegalStateException e) {
            log.debug("A client left - request {}", RequestId.of(ctx), e);
            closed = true;
            return false;
        }
    }

    /** All of it was sent. */
    public synchronized void end() {
        awaitReady();
        closed = true;
        finished.complete(null);
    }

    /** It did not come to its end: the connection is closed in its middle, so that nobody takes it for whole. */
    public synchronized void breakOff() {
        ServletContextRequest.getServletContextRequest(ctx.req()).getConnectionMetaData().getConnection().getEndPoint().close();
        closed = true;
        finished.complete(null);
    }

    @Override
    public synchronized void onWritePossible() {
        opened = true;
        notifyAll();
    }

    @Override
    public synchronized void onError(Throwable e) {
        log.debug("A client left - request {}", RequestId.of(ctx), e);
        closed = true;
        notifyAll();
    }

    private boolean awaitReady() {
        long end = System.nanoTime() + CLIENT_TIMEOUT.toNanos();
        try {
            while (!closed && !(opened && out.isReady())) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    closed = true;
                } else {
                    wait(left);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
        return !closed;
    }
}
