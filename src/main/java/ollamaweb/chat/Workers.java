package ollamaweb.chat;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import ollamaweb.http.WebServer;

/** Threads for work that mostly waits: virtual ones where the JDK has them, else small ones. */
final class Workers {

    private static final long SMALL_STACK_BYTES = 256 * 1024;

    private Workers() {}

    static Executor executor(String name) {
        var virtual = WebServer.virtualThreads();
        return virtual != null ? virtual : new ThreadPoolExecutor(0, Integer.MAX_VALUE, 30, TimeUnit.SECONDS,
                new SynchronousQueue<>(), daemon(name));
    }

    static ThreadFactory daemon(String name) {
        return work -> {
            var thread = new Thread(null, work, name, SMALL_STACK_BYTES);
            thread.setDaemon(true);
            return thread;
        };
    }

    static void pause(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
