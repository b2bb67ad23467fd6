package ollamaweb.turns;

import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;

/** A place in the line for a host, and then a turn there, until it is closed. */
public final class Turn implements AutoCloseable {

    private final Turns turns;
    private final String host;
    private final long account;
    private final boolean isBackground;
    private final CompletableFuture<Boolean> come = new CompletableFuture<>();
    private IntConsumer listener = position -> {};
    private int position = Integer.MAX_VALUE;
    private Slots.Slot slot;
    private boolean closed;
    private boolean left;

    Turn(Turns turns, String host, long account, boolean isBackground) {
        this.turns = turns;
        this.host = host;
        this.account = account;
        this.isBackground = isBackground;
    }

    /**
     * Waits for its turn.
     *
     * @param told hears the place in the line, 1 for the next, now and whenever it gets better; not where nobody has to wait
     * @return whether it has come; false if it was cancelled
     */
    public boolean await(IntConsumer told) {
        listenWith(told);
        return come.join() && turns.awaitSlot(this);
    }

    /** Ends the wait, from any thread; a turn that has come is not affected. */
    public void cancel() {
        come.complete(false);
        synchronized (this) {
            closed = true;
        }
    }

    /** Leaves the line, or lets the next one have its turn. */
    @Override
    public void close() {
        cancel();
        turns.leave(this);
    }

    String host() {
        return host;
    }

    long account() {
        return account;
    }

    boolean isBackground() {
        return isBackground;
    }

    /** @return true the first time */
    synchronized boolean leaves() {
        boolean first = !left;
        left = true;
        return first;
    }

    void grant() {
        come.complete(true);
    }

    synchronized boolean isCancelled() {
        return closed;
    }

    synchronized Slots.Slot slot() {
        return slot;
    }

    synchronized void hold(Slots.Slot taken) {
        slot = taken;
    }

    /** Somebody of another account who comes later may go first; nobody is told that it takes longer than it seemed. */
    void isAt(int now) {
        synchronized (this) {
            if (now >= position) {
                return;
            }
            position = now;
        }
        listener().accept(now);
    }

    private void listenWith(IntConsumer told) {
        int now;
        synchronized (this) {
            listener = told;
            now = position;
        }
        if (now != Integer.MAX_VALUE && !come.isDone()) {
            told.accept(now);
        }
    }

    private synchronized IntConsumer listener() {
        return listener;
    }
}
