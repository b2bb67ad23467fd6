package ollamaweb.events;

import io.javalin.http.Context;
import java.util.List;
import ollamaweb.db.DatabaseUnavailableException;
import ollamaweb.http.CurrentUser;
import ollamaweb.http.OpenStreams;
import ollamaweb.http.SseBuffer;
import ollamaweb.http.SseStream;
import ollamaweb.json.Json;

/** A client that is told the events of a conversation, from some number on. */
final class ConversationEventStream implements SseStream.Source {

    private static final int BATCH = 50;

    private final ConversationEvents events;
    private final ConversationEventDao stored;
    private final long conversationId;
    private final long userId;
    private volatile long last;
    /** Up to which number events are gone that the client was not told; 0 for none. */
    private long missed;
    private boolean greeted;
    private volatile boolean mayHaveMore = true;
    private volatile boolean ended;
    private volatile SseStream stream;

    /**
     * @param last  the number of the last event that it is not to be told
     * @param place where the conversation is
     */
    ConversationEventStream(ConversationEvents events, ConversationEventDao stored, long conversationId, long userId, long last,
            ConversationEventDao.Place place) {
        this.events = events;
        this.stored = stored;
        this.conversationId = conversationId;
        this.userId = userId;
        this.last = last;
        long beforeOldest = place.oldest() == null ? place.last() : place.oldest() - 1;
        this.missed = last < beforeOldest ? beforeOldest : 0;
    }

    void open(Context ctx, OpenStreams streams, CurrentUser user, Long membershipId) {
        streams.open(ctx, user, membershipId, this, opened -> {
            stream = opened;
            events.join(this);
        });
    }

    long conversationId() {
        return conversationId;
    }

    long userId() {
        return userId;
    }

    void wake() {
        mayHaveMore = true;
        stream.wake();
    }

    /** @param number of the conversation's last event; null: it is in the trash, or gone */
    void wakeFor(Long number) {
        if (number == null) {
            ended = true;
            stream.wake();
        } else if (number > last) {
            wake();
        }
    }

    void pingIfSilent(long nanoTime) {
        stream.pingIfSilent(nanoTime);
    }

    @Override
    public boolean next(SseBuffer frames, int room) {
        if (ended || events.isClosing()) {
            return false;
        }
        if (!greeted) {
            greeted = true;
            frames.ping(); // so that the client hears at once that it is connected
        }
        if (missed > 0) {
            // What it was not told is no longer known: it has to read the conversation anew.
            last = missed;
            missed = 0;
            frames.event(Long.toString(last), ConversationEventDao.CONVERSATION_UPDATED,
                    Json.write(new ConversationEventDao.OfConversation(conversationId)));
        }
        if (mayHaveMore) {
            mayHaveMore = false;
            var found = found();
            found.forEach(event -> frames.event(Long.toString(event.number()), event.name(), event.data()));
            if (!found.isEmpty()) {
                last = found.get(found.size() - 1).number();
                mayHaveMore = true;
            }
        }
        return true;
    }

    /** While the database is away there is nothing to tell; the next look finds it. */
    private List<EventDao.Stored> found() {
        try {
            return stored.list(conversationId, userId, last, BATCH);
        } catch (DatabaseUnavailableException e) {
            return List.of();
        }
    }

    @Override
    public void closed() {
        events.leave(this);
    }
}
