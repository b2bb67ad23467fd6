package ollamaweb.models.care;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import ollamaweb.http.SseStream;

/** How far a pull is, as its followers are told, whichever server fetches it. */
final class FollowedPull {

    private final Set<SseStream> streams = ConcurrentHashMap.newKeySet();
    private volatile Pull now;

    FollowedPull(Pull now) {
        this.now = now;
    }

    Pull now() {
        return now;
    }

    /** It has got further, or has ended. */
    void becomes(Pull further) {
        now = further;
        streams.forEach(SseStream::wake);
    }

    /** Its row was deleted. */
    void isGone() {
        becomes(new Pull(now.id(), now.host(), now.name(), Pull.FAILED, now.step(), now.completed(), now.total(), "The pull is gone",
                now.startedAt(), now.startedAt()));
    }

    void add(SseStream stream) {
        streams.add(stream);
    }

    void remove(SseStream stream) {
        streams.remove(stream);
    }

    int followers() {
        return streams.size();
    }

    void pingIfSilent(long nanoTime) {
        streams.forEach(stream -> stream.pingIfSilent(nanoTime));
    }
}
