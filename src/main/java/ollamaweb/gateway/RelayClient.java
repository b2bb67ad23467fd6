package ollamaweb.gateway;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import ollamaweb.http.ApiException;
import ollamaweb.http.RelayedAnswer;

/**
 * The client of an answer that is kept: it gets all of it as it comes, as long as it is there. The end comes to it once the
 * answer is saved; where the length is told beforehand, that is the last byte.
 */
final class RelayClient {

    private final Context ctx;
    private final CompletableFuture<Void> finished = new CompletableFuture<>();
    private final CountDownLatch asynchronous = new CountDownLatch(1);
    private RelayedAnswer answer;
    private long left;
    private byte[] last = {};
    private volatile boolean gone;

    RelayClient(Context ctx) {
        this.ctx = ctx;
    }

    /** To be called once the request is asynchronous. */
    CompletableFuture<Void> open() {
        asynchronous.countDown();
        return finished;
    }

    /** @return done when the client has got everything, or is gone */
    CompletableFuture<Void> finished() {
        return finished;
    }

    boolean isGone() {
        return gone;
    }

    boolean hasBegun() {
        return begun() != null;
    }

    /** @param length of the body in bytes; -1: not known */
    void begin(int status, String contentType, long length) throws IOException {
        try {
            asynchronous.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
        synchronized (this) {
            if (!gone) {
                answer = RelayedAnswer.begin(ctx, status, contentType, length, finished);
                left = length;
            }
        }
    }

    /** Returns once the client has taken the bytes, or is gone; called by the one thread that reads the answer. */
    void write(byte[] bytes, int from, int length) {
        if (gone) {
            return;
        }
        int now = length;
        if (left >= 0) {
            left -= length;
            if (left == 0) {
                now = length - 1;
                last = new byte[] {bytes[from + now]};
            }
        }
        if (now > 0 && !(answer.write(bytes, from, now) && answer.flush())) {
            gone = true;
            answer.end();
        }
    }

    /**
     * The answer has ended, and that is saved.
     *
     * @param failure why it did not come to its end, or null
     */
    void end(RuntimeException failure) {
        var begun = begun();
        if (begun == null && failure == null) {
            finished.complete(null);
        } else if (begun == null) {
            finished.completeExceptionally(failure);
        } else if (!gone) {
            if (last.length > 0) {
                begun.write(last, last.length);
            }
            begun.end();
        }
    }

    /** It does not come to its end. */
    void breakOff() {
        gone = true;
        var begun = begun();
        if (begun != null) {
            begun.breakOff();
        }
    }

    /** The client has to go, whether the answer has begun or not. */
    void leave() {
        breakOff();
        finished.completeExceptionally(ApiException.busy("The request was ended", 1));
    }

    private synchronized RelayedAnswer begun() {
        return answer;
    }
}
