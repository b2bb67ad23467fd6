package ollamaweb.testing;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads one byte ahead on a connection, as Go's server does, and so notices at once when the client leaves.
 * Until it has ended nobody else may read.
 */
final class Lookout {
    private final InputStream in;
    private final CompletableFuture<Void> departure = new CompletableFuture<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    private Lookout(InputStream in) {
        this.in = in;
    }

    static Lookout over(InputStream in) {
        var lookout = new Lookout(in);
        LightThreads.start(lookout::watch);
        return lookout;
    }

    void waitFor(Gate gate) throws EOFException {
        CompletableFuture.anyOf(gate.opening(), departure).join();
        if (departure.isDone()) {
            throw new EOFException("the client left");
        }
    }

    void waitFor(long nanos) throws EOFException {
        try {
            departure.get(nanos, TimeUnit.NANOSECONDS);
            throw new EOFException("the client left");
        } catch (TimeoutException stillThere) {
            return;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns when the client's next request begins or it has left. */
    void awaitEnd() {
        end.join();
    }

    private void watch() {
        try {
            in.mark(1);
            if (in.read() < 0) {
                departure.complete(null);
            } else {
                in.reset();
            }
        } catch (IOException connectionBroken) {
            departure.complete(null);
        } finally {
            end.complete(null);
        }
    }
}
