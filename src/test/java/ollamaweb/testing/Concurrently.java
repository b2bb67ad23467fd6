package ollamaweb.testing;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import ollamaweb.concurrent.Threads;

/** Does what has to be under way at the same time, each in a thread of its own: the common pool of a small machine has one for all. */
public final class Concurrently {

    private Concurrently() {}

    /** @return what the work gives, once it is done */
    public static <T> CompletableFuture<T> supply(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, task -> Threads.small("concurrent").newThread(task).start());
    }
}
