package ollamaweb.http;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.util.thread.Scheduler;

/** Collects a body as it arrives. No thread waits for it: however many clients send slowly, none holds up the others. */
final class BodyReader implements ReadListener {

    private static final long LOOK_AGAIN_MILLIS = 500;

    private final ServletInputStream in;
    private final RequestBody body;
    private final BodyLimit limit;
    private final Scheduler scheduler;
    private final Executor executor;
    private final CompletableFuture<Void> whole = new CompletableFuture<>();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final long began = NanoTime.now();
    private volatile long arrived;
    private volatile Scheduler.Task look;

    private BodyReader(ServletInputStream in, RequestBody body, BodyLimit limit, Scheduler scheduler, Executor executor) {
        this.in = in;
        this.body = body;
        this.limit = limit;
        this.scheduler = scheduler;
        this.executor = executor;
    }

    /**
     * Begins to read; the request has to be asynchronous by now.
     *
     * @return done once the body is there; fails with an {@link ApiException} when it is too large, too slow or broken off
     */
    static CompletableFuture<Void> read(ServletInputStream in, RequestBody body, BodyLimit limit, Scheduler scheduler,
            Executor executor) {
        var reader = new BodyReader(in, body, limit, scheduler, executor);
        reader.lookIn(limit.within().toMillis() + 1);
        in.setReadListener(reader);
        return reader.whole;
    }

    @Override
    public void onDataAvailable() {
        try {
            while (!ended.get() && in.isReady() && !in.isFinished()) {
                if (body.readFrom(in) < 0) {
                    break;
                }
                arrived = body.size();
            }
        } catch (ApiException e) {
            end(e);
        } catch (IOException | IllegalStateException e) {
            end(notWhole());
        }
    }

    @Override
    public void onAllDataRead() {
        end(null);
    }

    @Override
    public void onError(Throwable e) {
        end(notWhole());
    }

    static ApiException notWhole() {
        return ApiException.badRequest("The request body did not arrive whole");
    }

    private void lookIn(long millis) {
        look = scheduler.schedule(this::look, millis, TimeUnit.MILLISECONDS);
    }

    private void look() {
        if (ended.get()) {
            return;
        }
        if (limit.isLate(NanoTime.since(began), arrived)) {
            executor.execute(() -> end(ApiException.requestTimeout()));
        } else {
            lookIn(LOOK_AGAIN_MILLIS);
        }
    }

    /** What follows, the handler included, runs on this thread. */
    private void end(ApiException failure) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        look.cancel();
        if (failure == null) {
            whole.complete(null);
        } else {
            whole.completeExceptionally(failure);
        }
    }
}
