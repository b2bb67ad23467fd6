package ollamaweb.testing;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Numbered tokens at a steady rate, paced against the start so that delays do not add up; made for load. */
final class TokenRun implements Script.Step {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long LONG_WAIT_NANOS = Duration.ofMillis(100).toNanos();
    private static final int BATCH_LINES = 256;

    private final int count;
    private final double perSecond;
    private final Map<String, TokenLines> linesByModel = new ConcurrentHashMap<>();

    TokenRun(int count, double perSecond) {
        this.count = count;
        this.perSecond = perSecond;
    }

    @Override
    public void play(ChatResponse response) throws IOException {
        var lines = linesByModel.computeIfAbsent(response.model(), model -> TokenLines.encode(model, count));
        if (perSecond > 0) {
            pace(response, lines);
        } else {
            pour(response, lines);
        }
    }

    /** The first line goes alone, so that it leaves in one packet with the headers; the rest in large batches. */
    private void pour(ChatResponse response, TokenLines lines) throws IOException {
        int sent = 0;
        while (sent < count) {
            int next = sent == 0 ? 1 : Math.min(sent + BATCH_LINES, count);
            response.tokens(lines, sent, next);
            sent = next;
        }
    }

    private void pace(ChatResponse response, TokenLines lines) throws IOException {
        long start = System.nanoTime();
        int sent = 0;
        while (sent < count) {
            int due = dueAfter(System.nanoTime() - start);
            if (due > sent) {
                response.tokens(lines, sent, due);
                sent = due;
            } else {
                waitFor(start + (long) Math.ceil(sent * NANOS_PER_SECOND / perSecond), response.client());
            }
        }
    }

    private int dueAfter(long nanos) {
        return (int) Math.min(count, Math.floor(nanos * perSecond / NANOS_PER_SECOND) + 1);
    }

    /** In short waits the next write finds out soon enough whether the client left. */
    private static void waitFor(long moment, ClientSocket client) throws IOException {
        long nanos = moment - System.nanoTime();
        if (nanos > LONG_WAIT_NANOS) {
            client.idle(Duration.ofNanos(nanos));
        } else {
            LockSupport.parkNanos(nanos);
        }
    }
}
