package ollamaweb.http;

import io.javalin.http.Context;
import io.javalin.http.Header;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client of a stream of server-sent events, written to without ever waiting for it: no thread belongs to it, and a
 * client that reads slowly, or not at all, holds up nobody. Whoever has news calls {@link #wake}.
 */
public final class SseStream implements WriteListener {

    /** Where the events come from; called by one thread at a time. */
    public interface Source {

        /**
         * Adds the events that are due, about {@code room} bytes of them at most.
         *
         * @return false once the stream has ended and nothing will follow what was added
         */
        boolean next(SseBuffer frames, int room);

        /** The client is gone or has got everything. */
        void closed();
    }

    /** The event that ends a stream from outside. */
    private record Farewell(String name, String json) {}

    private static final Logger log = LoggerFactory.getLogger(SseStream.class);
    private static final int BATCH_BYTES = 16 * 1024;
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Source source;
    private final ServletOutputStream out;
    private final CompletableFuture<Void> finished = new CompletableFuture<>();
    /** How often it was woken since it last looked; 1 from the start, for the look that the container asks for. */
    private final AtomicInteger wakes = new AtomicInteger(1);
    private SseBuffer frames = new SseBuffer();
    private boolean started;
    private boolean unflushed;
    private boolean sourceEnded;
    private boolean closed;
    private volatile boolean broken;
    private volatile Farewell farewell;
    private volatile boolean pingDue;
    private volatile long lastWrite = System.nanoTime();

    private SseStream(Source source, ServletOutputStream out) {
        this.source = source;
        this.out = out;
    }

    /**
     * Answers {@code 200 text/event-stream}, whatever the client accepts, and goes on after the handler has returned.
     *
     * @param onOpen given the stream before anything is written, so that its source's news can wake it
     */
    public static void open(Context ctx, Source source, Consumer<SseStream> onOpen) {
        ctx.res().setContentType("text/event-stream;charset=utf-8");
        ctx.header(Header.CACHE_CONTROL, "no-store");
        ctx.header("X-Accel-Buffering", "no");
        BodyMemory.release(ctx);
        ctx.future(() -> {
            try {
                var out = ctx.res().getOutputStream();
                var stream = new SseStream(source, out);
                onOpen.accept(stream);
                out.setWriteListener(stream);
                return stream.finished;
            } catch (IOException e) {
                source.closed();
                return CompletableFuture.completedFuture(null);
            }
        });
    }

    /** There are new events; writes what the client takes at once. */
    public void wake() {
        if (wakes.getAndIncrement() == 0) {
            pumpUntilQuiet();
        }
    }

    /** Sends a ping if nothing was written for a second; to be called now and then. */
    public void pingIfSilent(long nanoTime) {
        if (nanoTime - lastWrite >= SILENCE_NANOS) {
            pingDue = true;
            wake();
        }
    }

    /** Ends the stream with this event, whatever its source still has; once it has ended, nothing happens. */
    void end(String name, String json) {
        farewell = new Farewell(name, json);
        wake();
    }

    @Override
    public void onWritePossible() {
        if (started) {
            wake();
        } else {
            started = true;
            pumpUntilQuiet();
        }
    }

    @Override
    public void onError(Throwable e) {
        broken = true;
        onWritePossible();
    }

    private void pumpUntilQuiet() {
        int seen;
        do {
            seen = wakes.get();
            pump();
        } while (wakes.addAndGet(-seen) != 0);
    }

    private void pump() {
        if (closed) {
            return;
        }
        if (broken) {
            close();
            return;
        }
        try {
            while (out.isReady() && writeNext()) {
                lastWrite = System.nanoTime();
            }
        } catch (IOException | IllegalStateException e) {
            log.debug("A follower left", e);
            close();
        } catch (RuntimeException e) {
            log.error("An event stream failed", e);
            close();
        }
    }

    /** @return whether something was written, so that there may be more to write */
    private boolean writeNext() throws IOException {
        frames.clear();
        var last = farewell;
        if (last != null && !sourceEnded) {
            frames.event(last.name(), last.json());
            sourceEnded = true;
        } else if (!sourceEnded) {
            sourceEnded = !source.next(frames, BATCH_BYTES);
        }
        if (frames.size() == 0 && pingDue && !unflushed && !sourceEnded) {
            frames.ping();
        }
        pingDue = false;
        if (frames.size() > 0) {
            out.write(frames.bytes(), 0, frames.size());
            unflushed = true;
            return true;
        }
        if (unflushed) {
            unflushed = false;
            out.flush();
            return true;
        }
        if (sourceEnded) {
            close();
        }
        return false;
    }

    private void close() {
        closed = true;
        frames = null;
        source.closed();
        finished.complete(null);
    }
}
