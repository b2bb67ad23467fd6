package ollamaweb.concurrent;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Where threads come from: daemons with names, and virtual threads where the JDK has them. */
public final class Threads {

    private static final long SMALL_STACK_BYTES = 256 * 1024;

    private Threads() {}

    /** @return an executor with a virtual thread for each task, or null where the JDK has none */
    public static Executor virtual() {
        try {
            return (Executor) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException olderJdk) {
            return null;
        }
    }

    /** @return an executor for tasks that mostly wait: virtual threads where the JDK has them, else threads with small stacks */
    public static Executor forWaiting(String name) {
        var virtual = virtual();
        return virtual != null ? virtual : new ThreadPoolExecutor(0, Integer.MAX_VALUE, 30, TimeUnit.SECONDS,
                new SynchronousQueue<>(), small(name));
    }

    /** @return a factory of daemons with small stacks, for tasks that mostly wait */
    public static ThreadFactory small(String name) {
        return task -> asDaemon(new Thread(null, task, name, SMALL_STACK_BYTES));
    }

    /** @return a factory of daemons that give way to all others, for tasks that compute */
    @SuppressWarnings("ThreadPriorityCheck") // a wish, which nothing depends on
    public static ThreadFactory lowPriority(String name) {
        return task -> {
            var thread = daemon(name, task);
            thread.setPriority(Thread.MIN_PRIORITY);
            return thread;
        };
    }

    /** @return a thread that does not keep the JVM alive, to be started by the caller */
    public static Thread daemon(String name, Runnable task) {
        return asDaemon(new Thread(task, name));
    }

    /** Waits; returns early, with the thread's interrupt flag set, when it is interrupted. */
    public static void pause(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until the thread has ended, also when interrupted meanwhile; the caller's interrupt flag is then set afterwards. */
    public static void awaitEnd(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread asDaemon(Thread thread) {
        thread.setDaemon(true);
        return thread;
    }
}
