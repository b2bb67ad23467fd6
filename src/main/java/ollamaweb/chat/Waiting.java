package ollamaweb.chat;

import java.util.function.BooleanSupplier;
import ollamaweb.turns.Turn;

/** The wait of an answer for its model. */
final class Waiting {

    private final Runnable onMove;
    private volatile Turn turn;
    private volatile int position;
    private volatile boolean over;

    /** @param onMove to be run when its place in the line has changed */
    Waiting(Runnable onMove) {
        this.onMove = onMove;
    }

    /**
     * Blocks until its turn has come.
     *
     * @param isEnded whether it is not to be made any more
     * @return false if it is not
     */
    boolean await(Turn mine, BooleanSupplier isEnded) {
        turn = mine;
        over = false;
        boolean come = !isEnded.getAsBoolean() && mine.await(this::isAt);
        position = 0;
        return come && !isEnded.getAsBoolean();
    }

    /** From now on the model is listened to. */
    void end() {
        over = true;
        position = 0;
    }

    void cancel() {
        var waited = turn;
        if (waited != null) {
            waited.cancel();
        }
    }

    /** @return its place in the line, from 1 on; 0 where it does not wait */
    int position() {
        return position;
    }

    /** @return whether it began, which is after its row was committed */
    boolean hasBegun() {
        return turn != null;
    }

    /** @return whether the model was not asked yet, so that its silence means nothing */
    boolean isOn() {
        return !over;
    }

    private void isAt(int place) {
        position = over ? 0 : place;
        onMove.run();
    }
}
