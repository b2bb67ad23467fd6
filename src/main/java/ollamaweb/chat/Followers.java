package ollamaweb.chat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The clients that follow one answer, here and on other servers. One that cannot be written to keeps no other from its news. */
final class Followers {

    private static final Logger logger = LoggerFactory.getLogger(Followers.class);

    private final List<Follower> all = new CopyOnWriteArrayList<>();
    private volatile SharedAnswer elsewhere;

    void add(Follower follower) {
        all.add(follower);
    }

    /** From now on there are some on other servers. */
    synchronized void addElsewhere(Supplier<SharedAnswer> shared) {
        if (elsewhere == null) {
            elsewhere = shared.get();
        }
    }

    void remove(Follower follower) {
        all.remove(follower);
    }

    /** @return whether nobody follows it here */
    boolean isEmpty() {
        return all.isEmpty();
    }

    /**
     * Tells each that there is something new.
     *
     * @param answerId which answer they follow, for the log
     */
    void wake(long answerId) {
        var others = elsewhere;
        if (others != null) {
            others.offer();
        }
        for (var follower : all) {
            try {
                follower.wake();
            } catch (RuntimeException | Error e) {
                Quietly.run(() -> logger.warn("A follower of answer {} could not be written to", answerId, e));
            }
        }
    }

    void pingSilent(long nanoTime) {
        all.forEach(follower -> Quietly.run(() -> follower.pingIfSilent(nanoTime)));
    }
}
