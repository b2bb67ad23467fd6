package ollamaweb.chat;

/** What one answer has taken of the {@link MemoryBudget}; for many threads. */
final class ReservedMemory implements AutoCloseable {

    private final MemoryBudget budget;
    private long bytes;
    private boolean closed;

    ReservedMemory(MemoryBudget budget) {
        this.budget = budget;
    }

    /** @return false if there is not so much left; then nothing was taken */
    synchronized boolean take(long more) {
        if (closed || !budget.take(more)) {
            return false;
        }
        bytes += more;
        return true;
    }

    /** Gives everything back; more cannot be taken then. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            budget.giveBack(bytes);
        }
    }
}
