package ollamaweb.testing;

import java.util.concurrent.ThreadFactory;

/** Threads cheap enough for one per connection: virtual where the running JDK has them, else small daemons. */
final class LightThreads {
    private static final long SMALL_STACK_BYTES = 256 * 1024;

    private static final ThreadFactory FACTORY = factory();

    private LightThreads() {}

    static void start(Runnable work) {
        FACTORY.newThread(work).start();
    }

    private static ThreadFactory factory() {
        try {
            var builder = Thread.class.getMethod("ofVirtual").invoke(null);
            return (ThreadFactory) Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
        } catch (ReflectiveOperationException noVirtualThreads) {
            return LightThreads::smallDaemon;
        }
    }

    private static Thread smallDaemon(Runnable work) {
        var thread = new Thread(null, work, "scripted-ollama", SMALL_STACK_BYTES);
        thread.setDaemon(true);
        return thread;
    }
}
