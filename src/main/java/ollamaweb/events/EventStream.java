package ollamaweb.events;

import io.javalin.http.Context;
import java.util.List;
import ollamaweb.db.DatabaseUnavailableException;
import ollamaweb.http.CurrentUser;
import ollamaweb.http.OpenStreams;
import ollamaweb.http.SseBuffer;
import ollamaweb.http.SseStream;

/** A client that is told an account's events, from some number on. */
final class EventStream implements SseStream.Source {

    private static final int BATCH = 50;

    private final AccountEvents events;
    private final EventDao stored;
    private final long userId;
    private volatile long last;
    private boolean greeted;
    private volatile boolean mayHaveMore = true;
    private volatile SseStream stream;

    /** @param last the number of the last event that it is not to be told */
    EventStream(AccountEvents events, EventDao stored, long userId, long last) {
        this.events = events;
        this.stored = stored;
        this.userId = userId;
        this.last = last;
    }

    void open(Context ctx, OpenStreams streams, CurrentUser user) {
        streams.open(ctx, user, this, opened -> {
            stream = opened;
            events.join(userId, this);
        });
    }

    void wake() {
        mayHaveMore = true;
        stream.wake();
    }

    /** @return whether there is an event of this number that it was not told */
    boolean isBehind(long number) {
        return number > last;
    }

    void pingIfSilent(long nanoTime) {
        stream.pingIfSilent(nanoTime);
    }

    @Override
    public boolean next(SseBuffer frames, int room) {
        if (events.isClosing()) {
            return false;
        }
        if (!greeted) {
            greeted = true;
            frames.ping(); // so that the client hears at once that it is connected
        }
        if (mayHaveMore) {
            mayHaveMore = false;
            var found = found();
            found.forEach(event -> frames.event(Long.toString(event.number()), event.name(), event.data()));
            if (!found.isEmpty()) {
                last = found.get(found.size() - 1).number();
                events.sent(userId, last);
                mayHaveMore = true;
            }
        }
        return true;
    }

    /** While the database is away there is nothing to tell; the next look finds it. */
    private List<EventDao.Stored> found() {
        try {
            return stored.list(userId, last, BATCH);
        } catch (DatabaseUnavailableException e) {
            return List.of();
        }
    }

    @Override
    public void closed() {
        events.leave(userId, this);
    }
}
