package ollamaweb.search.sqlite;

import java.time.Duration;
import ollamaweb.db.StepTime;

/**
 * How much of a text the index gets at a time. A thousand characters cost it from a tenth of a millisecond to more than
 * two, depending on how often the same three come in a row, so the size follows what the last piece has cost.
 */
final class PieceSize {

    private static final int LEAST = 1000;
    private static final int MOST = 64_000;
    private static final long CHEAP_NANOS = Duration.ofMillis(2).toNanos();
    private static final long DEAR_NANOS = Duration.ofMillis(5).toNanos();

    private int characters = 4000;

    int characters() {
        return characters;
    }

    /** Does the work, which is that of a piece so long. */
    void measure(int length, Runnable work) {
        long begun = StepTime.cpuNanos();
        work.run();
        long cost = StepTime.cpuNanos() - begun;
        if (cost > DEAR_NANOS) {
            characters = Math.max(LEAST, characters / 2);
        } else if (cost < CHEAP_NANOS && length >= characters) {
            characters = Math.min(MOST, characters * 2);
        }
    }
}
