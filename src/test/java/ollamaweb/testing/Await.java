package ollamaweb.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for something another thread does, ten seconds at most, and then fails the test. */
public final class Await {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final long STEP_NANOS = Duration.ofMillis(2).toNanos();

    private Await() {}

    public static void await(BooleanSupplier condition, Supplier<String> complaint) {
        await(LIMIT, condition, complaint);
    }

    /** As {@link #await(BooleanSupplier, Supplier)}, for as long as is said. */
    public static void await(Duration limit, BooleanSupplier condition, Supplier<String> complaint) {
        if (!holdsWithin(limit, condition)) {
            throw new AssertionError("after " + limit.toSeconds() + " s: " + complaint.get());
        }
    }

    static boolean holdsWithin(Duration limit, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
        return true;
    }
}
