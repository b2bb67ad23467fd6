package ollamaweb.crash;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import ollamaweb.concurrent.Threads;

/** What people and programs do at the same time, until the server is gone. */
final class Load {

    private final List<Thread> threads = new ArrayList<>();
    private final AtomicReference<RuntimeException> broken = new AtomicReference<>();
    private volatile boolean stopping;

    /** One after the other, the same again and again. */
    @FunctionalInterface
    interface Work {
        void once() throws IOException;
    }

    /** Starts all kinds of it. */
    Load(Api api, Journal journal, Random random) {
        start("chats", new Chats(api, journal, random.nextLong())::once);
        start("more-chats", new Chats(api, journal, random.nextLong())::once);
        start("imports", new Imports(api, journal, random.nextLong())::once);
        start("file-imports", new FileImports(api, journal, random.nextLong())::once);
        start("tasks", new Tasks(api, journal, random.nextLong())::once);
    }

    /** Does something more beside it, once. */
    void startOnce(String name, Work work) {
        start(name, () -> {
            work.once();
            throw new EOFException();
        });
    }

    private void start(String name, Work work) {
        var thread = Threads.daemon("load-" + name, () -> run(work));
        threads.add(thread);
        thread.start();
    }

    /** Waits until all of it has noticed that the server is gone. */
    void join() throws InterruptedException {
        stopping = true;
        for (var thread : threads) {
            thread.join();
        }
        if (broken.get() != null) {
            throw broken.get();
        }
    }

    private void run(Work work) {
        while (!stopping) {
            try {
                work.once();
            } catch (IOException | UncheckedIOException e) {
                return; // The server is gone, or this was all.
            } catch (RuntimeException e) {
                broken.compareAndSet(null, e);
                return;
            }
        }
    }
}
