package ollamaweb.testing;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** A point in a {@link Script} where streams wait until the test opens it; once open it stays open. */
public final class Gate {
    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final AtomicInteger arrivals = new AtomicInteger();

    public void open() {
        opened.complete(null);
    }

    /** Waits until a stream has come as far as this gate. */
    public void awaitArrival() {
        awaitArrivals(1);
    }

    public void awaitArrivals(int count) {
        Patience.await(() -> arrivals.get() >= count, () -> arrivals + " of " + count + " streams arrived at the gate");
    }

    void arrive() {
        arrivals.incrementAndGet();
    }

    CompletableFuture<Void> opening() {
        return opened;
    }
}
