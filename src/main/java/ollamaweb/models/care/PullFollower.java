package ollamaweb.models.care;

import ollamaweb.http.SseBuffer;
import ollamaweb.http.SseStream;
import ollamaweb.json.Json;

/** A client that follows a pull: where it is now, each step that it sees, and the end. */
final class PullFollower implements SseStream.Source {

    private final FollowedPulls pulls;
    private final Pull begun;
    private volatile FollowedPull pull;
    private volatile SseStream stream;
    private Pull told;

    record Progress(long id, String status, long completed, long total) {}

    record Done(long id, String name) {}

    record Failed(long id, String error) {}

    /** @param begun as it was when the client asked */
    PullFollower(FollowedPulls pulls, Pull begun) {
        this.pulls = pulls;
        this.begun = begun;
    }

    void join(SseStream opened) {
        stream = opened;
        pull = pulls.join(begun, opened);
    }

    @Override
    public boolean next(SseBuffer frames, int room) {
        var now = pull.now();
        if (now.equals(told)) {
            return true;
        }
        told = now;
        if (now.isRunning()) {
            frames.event("progress", Json.write(new Progress(now.id(), now.step(), now.completed(), now.total())));
        } else if (now.isDone()) {
            frames.event("done", Json.write(new Done(now.id(), now.name())));
        } else {
            frames.event("error", Json.write(new Failed(now.id(), now.error())));
        }
        return now.isRunning();
    }

    @Override
    public void closed() {
        if (stream != null) {
            pulls.leave(begun.id(), stream);
        }
    }
}
