package ollamaweb.chat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The clients that follow one answer. One that cannot be written to keeps no other from its news. */
final class Followers {

    private static final Logger logger = LoggerFactory.getLogger(Followers.class);

    private final List<Follower> all = new CopyOnWriteArrayList<>();

    void add(Follower follower) {
        all.add(follower);
    }

    void remove(Follower follower) {
        all.remove(follower);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /**
     * Tells each that there is something new.
     *
     * @param answerId which answer they follow, for the log
     */
    void wake(long answerId) {
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
