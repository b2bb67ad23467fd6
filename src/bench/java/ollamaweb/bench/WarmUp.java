package ollamaweb.bench;

import java.io.IOException;

/** Repeats some work until it gets no cheaper: a JVM compiles what it runs, on a busy machine for a good while. */
final class WarmUp {

    private static final double STILL_FASTER = 0.93;
    private static final int STEADY_ROUNDS = 2;

    /** One round of the work. */
    @FunctionalInterface
    interface Round {
        /** @return what it cost, in time of any unit */
        double run() throws IOException;
    }

    private WarmUp() {}

    /** @param most how many rounds there are at most */
    static void run(int most, Round round) throws IOException {
        double best = round.run();
        int steady = 0;
        for (int i = 1; i < most && steady < STEADY_ROUNDS; i++) {
            double cost = round.run();
            steady = cost < best * STILL_FASTER ? 0 : steady + 1;
            best = Math.min(best, cost);
        }
    }
}
