package ollamaweb.testing;

import java.util.concurrent.atomic.AtomicInteger;

/** A point in a {@link Script} where streams wait until the test opens it; once open it stays open. */
public final class Gate {
    private volatile boolean open;
    private final AtomicInteger arrivals = new AtomicInteger();

    public void open() {
        open = true;
    }

    /** Waits until a stream has come as far as this gate. */
    public void awaitArrival() {
        awaitArrivals(1);
    }

    public void awaitArrivals(int count) {
        Await.await(() -> arrivals.get() >= count, () -> arrivals + " of " + count + " streams arrived at the gate");
    }

    void arrive() {
        arrivals.incrementAndGet();
    }

    boolean isOpen() {
        return open;
    }
}
