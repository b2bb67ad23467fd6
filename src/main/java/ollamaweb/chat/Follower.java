package ollamaweb.chat;

import io.javalin.http.Context;
import java.util.function.Consumer;
import ollamaweb.http.CurrentUser;
import ollamaweb.http.SseBuffer;
import ollamaweb.http.SseStream;
import ollamaweb.http.OpenStreams;

/** A client that follows an answer in the making from some place on: all so far, then what comes, then the end. */
final class Follower implements SseStream.Source {

    /** The id of the last event of a resumed stream: a browser that comes back with it has got everything. */
    static final String END_ID = "end";

    private final Generation answer;
    private final boolean resumed;
    private Consumer<SseBuffer> opening;
    private int piece;
    private int place;
    private volatile SseStream stream;

    private Follower(Generation answer, long place, Consumer<SseBuffer> opening, boolean resumed) {
        this.answer = answer;
        this.place = answer.log().boundary(place);
        this.piece = answer.log().pieceAt(this.place);
        this.opening = opening;
        this.resumed = resumed;
    }

    /**
     * @param place   where the new text of an answer begins that was just asked for
     * @param opening writes the events before the first token
     */
    static Follower of(Generation answer, int place, Consumer<SseBuffer> opening) {
        return new Follower(answer, place, opening, false);
    }

    /** @param place which a client has got to that comes back */
    static Follower resuming(Generation answer, long place) {
        return new Follower(answer, place, frames -> {}, true);
    }

    /** @param user whose credential the stream ends with */
    void open(Context ctx, OpenStreams streams, CurrentUser user) {
        streams.open(ctx, user, this, opened -> {
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
        var log = answer.log();
        piece = log.write(frames, piece, place, room);
        place = Math.max(place, log.start(piece));
        if (outcome == null || piece < log.count()) {
            return true;
        }
        var data = outcome.data(answer.id());
        if (resumed) {
            frames.event(END_ID, outcome.event(), data);
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
