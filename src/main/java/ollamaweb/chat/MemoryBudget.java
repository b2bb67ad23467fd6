package ollamaweb.chat;

import java.util.concurrent.atomic.AtomicLong;

/** The memory that the answers in the making may take together; who gets none has to do without. */
final class MemoryBudget {

    private final AtomicLong free;

    MemoryBudget(long bytes) {
        this.free = new AtomicLong(bytes);
    }

    /** @return a budget of a quarter of the heap */
    static MemoryBudget ofHeap() {
        return new MemoryBudget(Runtime.getRuntime().maxMemory() / 4);
    }

    /** @return false if there is not so much left; then nothing was taken */
    boolean take(long bytes) {
        if (free.addAndGet(-bytes) >= 0) {
            return true;
        }
        free.addAndGet(bytes);
        return false;
    }

    void giveBack(long bytes) {
        free.addAndGet(bytes);
    }
}
