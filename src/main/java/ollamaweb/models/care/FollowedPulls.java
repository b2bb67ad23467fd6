package ollamaweb.models.care;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;
import ollamaweb.http.ApiException;
import ollamaweb.http.SseStream;

/** The pulls that clients of this server watch, whichever server fetches them. */
final class FollowedPulls {

    private static final int MOST_FOLLOWERS = 200;

    private final Map<Long, FollowedPull> followed = new ConcurrentHashMap<>();
    private final PullDao pulls;
    private final LongPredicate isRunningHere;

    FollowedPulls(PullDao pulls, LongPredicate isRunningHere) {
        this.pulls = pulls;
        this.isRunningHere = isRunningHere;
    }

    FollowedPull of(Pull pull) {
        return followed.computeIfAbsent(pull.id(), id -> new FollowedPull(pull));
    }

    /** @throws ApiException 503 if too many clients follow pulls */
    void requireRoom() {
        if (followed.values().stream().mapToInt(FollowedPull::followers).sum() >= MOST_FOLLOWERS) {
            throw ApiException.busy("Too many clients follow pulls, please try again", 10);
        }
    }

    FollowedPull join(Pull pull, SseStream stream) {
        return followed.compute(pull.id(), (id, known) -> {
            var joined = known == null ? new FollowedPull(pull) : known;
            joined.add(stream);
            return joined;
        });
    }

    void leave(long id, SseStream stream) {
        followed.computeIfPresent(id, (key, known) -> {
            known.remove(stream);
            return known.followers() == 0 && !isRunningHere.test(id) ? null : known;
        });
    }

    /** One that is not fetched here any more is known as long as somebody follows it. */
    void release(long id) {
        followed.computeIfPresent(id, (key, known) -> known.followers() == 0 ? null : known);
    }

    /** How far those are that other servers fetch, or that have just ended here, stands in their rows. */
    void look() {
        followed.forEach((id, pull) -> {
            var before = pull.now();
            if (!isRunningHere.test(id) && before.isRunning()) {
                pulls.find(id).filter(row -> !row.equals(before)).ifPresent(pull::becomes);
            }
        });
    }

    void pingSilent(long nanoTime) {
        followed.values().forEach(pull -> pull.pingIfSilent(nanoTime));
    }
}
