package ollamaweb.db;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/**
 * The time that one step of a large write may take; it begins when this is made. Where others keep the processor busy, a
 * step may last longer than it computes, or it would do next to nothing.
 */
public final class StepTime {

    private static final long CPU_NANOS = Duration.ofMillis(8).toNanos();
    private static final long NANOS = Duration.ofMillis(25).toNanos();
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final boolean IS_CPU_KNOWN = THREADS.isCurrentThreadCpuTimeSupported();

    private final long begun = System.nanoTime();
    private final long cpuBegun = cpuNanos();

    /** @return whether another small part fits in */
    public boolean isLeft() {
        return cpuNanos() - cpuBegun < CPU_NANOS && System.nanoTime() - begun < NANOS;
    }

    /** @return what this thread has computed so far, in nanoseconds; the time on the wall where that is not known */
    public static long cpuNanos() {
        return IS_CPU_KNOWN ? THREADS.getCurrentThreadCpuTime() : System.nanoTime();
    }
}
