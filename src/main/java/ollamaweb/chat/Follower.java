package ollamaweb.chat;

import io.javalin.http.Context;
import java.util.function.Consumer;
import ollamaweb.http.EventFrames;
import ollamaweb.http.EventStream;

/** A client that follows an answer from some place on: it gets all so far, then what comes, then the end. */
final class Follower implements EventStream.Source {

    /** The id of the last event of a resumed stream: a browser that comes back with it has got everything. */
    static final String END_ID = "end";

    private final Answer answer;
    private final boolean resumed;
    private Consumer<EventFrames> opening;
    private int piece;
    private int place;
    private volatile EventStream stream;

    private Follower(Answer answer, long place, Consumer<EventFrames> opening, boolean resumed) {
        this.answer = answer;
        this.place = answer.log().boundary(place);
        this.piece = answer.log().pieceAt(this.place);
        this.opening = opening;
        this.resumed = resumed;
    }

    /**
     * Streams an answer that was just asked for.
     *
     * @param place   where its new text begins
     * @param opening writes the events before the first token
     */
    static void open(Context ctx, Answer answer, int place, Consumer<EventFrames> opening) {
        new Follower(answer, place, opening, false).open(ctx);
    }

    /** Streams an answer again, or further, from the place a client has got to. */
    static void resume(Context ctx, Answer answer, long place) {
        new Follower(answer, place, frames -> { }, true).open(ctx);
    }

    private void open(Context ctx) {
        EventStream.open(ctx, this, opened -> {
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
    public boolean next(EventFrames frames, int room) {
        if (opening != null) {
            opening.accept(frames);
            opening = null;
        }
        var ending = answer.ending();
        var log = answer.log();
        piece = log.write(frames, piece, place, room);
        place = Math.max(place, log.start(piece));
        if (ending == null || piece < log.count()) {
            return true;
        }
        var data = ending.data(answer.id());
        if (resumed) {
            frames.event(END_ID, ending.event(), data);
        } else {
            frames.event(ending.event(), data);
        }
        return false;
    }

    @Override
    public void closed() {
        answer.leave(this);
    }
}
