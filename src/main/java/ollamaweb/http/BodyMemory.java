package ollamaweb.http;

import io.javalin.http.Context;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** The memory that one request's body holds, from its first byte until the request is answered. */
final class BodyMemory implements AutoCloseable {

    private static final String ATTRIBUTE = BodyMemory.class.getName();

    /** So little is free: sign-ins and short questions go on, whatever the long ones take. */
    private static final int FREE_BYTES = 2048;
    /** From here on a body counts as one of the large ones, of which there are one or two at a time. */
    static final int LARGE_BYTES = 1024 * 1024 + 64 * 1024;
    /** The objects that JSON becomes take more than its text; how much more depends on what it says. */
    private static final int PARSED_PER_BYTE = 8;
    private static final int RETRY_SECONDS = 1;
    private static final int RETRY_LARGE_SECONDS = 10;

    private final BodyMemoryLimits limits;
    private final long owner;
    private long held;
    private long arriving;
    private long parsing;
    private boolean large;
    private boolean closed;

    BodyMemory(BodyMemoryLimits limits, long owner) {
        this.limits = limits;
        this.owner = owner;
    }

    /** Ends what the request's body held, for those that go on for long without it; harmless when there is nothing. */
    static void release(Context ctx) {
        if (ctx.attribute(ATTRIBUTE) instanceof BodyMemory memory) {
            memory.close();
        }
    }

    void attach(Context ctx) {
        ctx.attribute(ATTRIBUTE, this);
    }

    /**
     * Asks for room for bytes that have arrived.
     *
     * @throws ApiException 503 when there is none
     */
    synchronized void reserve(int bytes) {
        requireOpen();
        held += bytes;
        if (held > LARGE_BYTES) {
            reserveLarge();
        } else if (held > FREE_BYTES) {
            if (!limits.arriving().take(owner, bytes)) {
                throw busy();
            }
            arriving += bytes;
        }
    }

    /**
     * Makes it one of the large ones, as soon as there is a place.
     *
     * @param executor runs what follows: whoever gives a place free, or ends the wait, must not serve the request
     * @return done when it is; fails with an {@link ApiException}, 503, when that takes too long
     */
    CompletableFuture<Void> awaitLarge(Executor executor) {
        return limits.large().enter(owner).thenAcceptAsync(this::enteredLarge, executor);
    }

    private synchronized void enteredLarge(boolean hasPlace) {
        if (!hasPlace) {
            throw busyWithLarge();
        }
        if (closed || large) {
            limits.large().leave();
        }
        requireOpen();
        large = true;
    }

    private synchronized void reserveLarge() {
        requireOpen();
        if (!large && !limits.large().tryEnter()) {
            throw busyWithLarge();
        }
        large = true;
    }

    /** Asks for room for what a whole body becomes when it is read as JSON. */
    synchronized void reserveParsed(long bodyBytes) {
        requireOpen();
        if (large || bodyBytes <= FREE_BYTES) {
            return;
        }
        long bytes = bodyBytes * PARSED_PER_BYTE;
        if (!limits.parsed().take(owner, bytes)) {
            throw busy();
        }
        parsing += bytes;
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        limits.arriving().giveBack(owner, arriving);
        limits.parsed().giveBack(owner, parsing);
        if (large) {
            limits.large().leave();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The request has ended");
        }
    }

    private static ApiException busyWithLarge() {
        return ApiException.busy("The server is taking in another large request, please try again", RETRY_LARGE_SECONDS);
    }

    private static ApiException busy() {
        return ApiException.busy("The server is taking in as much as it can hold, please try again", RETRY_SECONDS);
    }
}
