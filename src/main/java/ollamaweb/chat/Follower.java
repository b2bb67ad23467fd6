package ollamaweb.chat;

import io.javalin.http.Context;
import java.util.Optional;
import java.util.function.Consumer;
import ollamaweb.http.CurrentUser;
import ollamaweb.http.SseBuffer;
import ollamaweb.http.SseStream;
import ollamaweb.http.OpenStreams;
import ollamaweb.json.Json;

/** A client that follows an answer in the making from some place on: all so far, then what comes, then the end. */
final class Follower implements SseStream.Source {

    private final Followable answer;
    private final LastEventId reached;
    private final boolean resumed;
    private Consumer<SseBuffer> opening;
    /** Where it is in the log; null until the log has got as far as the client. */
    private TokenLog.Position position;
    /** Its place in the line, as the client was told last. */
    private int queued;
    private volatile SseStream stream;

    record Queued(int position) {}

    private Follower(Followable answer, LastEventId reached, TokenLog.Position position, Consumer<SseBuffer> opening, boolean resumed) {
        this.answer = answer;
        this.reached = reached;
        this.position = position;
        this.opening = opening;
        this.resumed = resumed;
    }

    /**
     * Follows an answer that was just asked for, from where it is new.
     *
     * @param opening writes the events before the first token
     */
    static Follower of(Generation answer, Consumer<SseBuffer> opening) {
        return new Follower(answer, null, answer.start(), opening, false);
    }

    /** @param reached which a client has got to that comes back */
    static Follower resuming(Followable answer, LastEventId reached) {
        return new Follower(answer, reached, null, frames -> {}, true);
    }

    /**
     * @param user         whose credential the stream ends with
     * @param membershipId what it ends with as well, or null
     */
    void open(Context ctx, OpenStreams streams, CurrentUser user, Long membershipId) {
        streams.open(ctx, user, membershipId, this, opened -> {
            stream = opened;
            answer.join(this);
        });
    }

    void wake() {
        stream.wake();
    }

    void pingIfSilent(long nanoTime) {
        stream.pingIfSilent(nanoTime);
    }

    @Override
    public boolean next(SseBuffer frames, int room) {
        if (opening != null) {
            opening.accept(frames);
            opening = null;
        }
        var outcome = answer.outcome();
        int place = answer.queuePosition();
        if (place > 0 && place != queued && outcome == null) {
            frames.event("queued", Json.write(new Queued(place)));
        }
        queued = place;
        if (position == null) {
            var found = outcome == null ? answer.position(reached) : Optional.of(reached.in(answer.log()));
            position = found.orElse(null);
        }
        boolean wroteAll = position != null && answer.log().write(frames, position, room);
        if (outcome == null || !wroteAll) {
            return true;
        }
        var data = outcome.data(answer.id());
        if (resumed) {
            frames.event(LastEventId.END, outcome.event(), data);
        } else {
            frames.event(outcome.event(), data);
        }
        return false;
    }

    @Override
    public void closed() {
        answer.leave(this);
    }
}
