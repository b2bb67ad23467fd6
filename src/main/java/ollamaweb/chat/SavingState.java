package ollamaweb.chat;

import java.util.concurrent.atomic.AtomicBoolean;

/** How much of an answer in the making is saved; one save of it at a time is under way. */
final class SavingState {

    private final Generation generation;
    private final AtomicBoolean underWay = new AtomicBoolean();
    private volatile int content;
    private volatile int thinking;

    /** What the generation's log holds is saved already. */
    SavingState(Generation generation) {
        this.generation = generation;
        this.content = generation.log().end();
        this.thinking = generation.log().thinkingEnd();
    }

    /** @return what has been said and thought since the last {@link #savedUpTo} */
    UnsavedText unsaved() {
        return new UnsavedText(generation, content, generation.log().end(), thinking, generation.log().thinkingEnd());
    }

    /** Both are places in bytes. */
    void savedUpTo(int contentPlace, int thinkingPlace) {
        content = contentPlace;
        thinking = thinkingPlace;
    }

    /** @return false while another save is under way; after true, {@link #end} has to follow */
    boolean begin() {
        return underWay.compareAndSet(false, true);
    }

    void end() {
        underWay.set(false);
    }
}
