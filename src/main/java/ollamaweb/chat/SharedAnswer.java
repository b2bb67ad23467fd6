package ollamaweb.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import ollamaweb.cluster.TokenStreams;

/** An answer in the making here that clients follow on other servers. */
final class SharedAnswer implements TokenStreams.Source {

    private static final int PIECE_BYTES = 64 * 1024;

    private final Generation generation;
    private final TokenStreams streams;
    private final AtomicBoolean offered = new AtomicBoolean();
    /** What it goes on from is in the database, where the others read it. */
    private final TokenLog.Position position;
    private long place;

    SharedAnswer(Generation generation, TokenStreams streams) {
        this.generation = generation;
        this.streams = streams;
        this.position = generation.start();
    }

    /** There is something new. */
    void offer() {
        streams.offer(this);
    }

    @Override
    public long id() {
        return generation.id();
    }

    @Override
    public List<TokenStreams.Piece> news() {
        var log = generation.log();
        var pieces = new ArrayList<TokenStreams.Piece>();
        for (TokenLog.Part part; (part = log.next(position, PIECE_BYTES)) != null;) {
            var text = part.isThinking() ? log.thinking(part.start(), part.end()) : log.text(part.start(), part.end());
            place = position.bytes();
            pieces.add(new TokenStreams.Piece(part.isThinking(), part.start(), text, place));
        }
        return pieces;
    }

    @Override
    public long place() {
        return place;
    }

    @Override
    public boolean isOver() {
        return generation.saved().isDone();
    }

    @Override
    public boolean offered() {
        return offered.compareAndSet(false, true);
    }

    @Override
    public void taken() {
        offered.set(false);
    }
}
