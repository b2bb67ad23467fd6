package ollamaweb.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import ollamaweb.access.AccessDao;
import ollamaweb.json.Json;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/**
 * What those are told who follow a conversation, numbered for each from 1 on. It is noted in the transaction of what it tells,
 * from the moment on at which somebody first follows the conversation.
 */
@RegisterConstructorMapper(EventDao.Stored.class)
@RegisterConstructorMapper(ConversationEventDao.Place.class)
@RegisterConstructorMapper(ConversationEventDao.Last.class)
public interface ConversationEventDao {

    /**
     * @param last   the number of the conversation's last event
     * @param oldest the number of the oldest one that is still kept; null for none
     */
    record Place(long last, Long oldest) {}

    /** @param last the number of the conversation's last event */
    record Last(long conversationId, long last) {}

    /** @param deleted true if it is gone, else null */
    record OfMessage(long conversationId, long messageId, @JsonInclude(JsonInclude.Include.NON_NULL) String role,
            @JsonInclude(JsonInclude.Include.NON_NULL) Boolean deleted) {}

    record OfAnswer(long conversationId, long answerId) {}

    record OfConversation(long conversationId) {}

    record OfMember(long conversationId, long userId, @JsonInclude(JsonInclude.Include.NON_NULL) String role) {}

    String CONVERSATION_UPDATED = "conversation_updated";

    default void messageCreated(long conversationId, long messageId, String role, Instant now) {
        add(conversationId, "message_created", new OfMessage(conversationId, messageId, role, null), now);
    }

    default void answerStarted(long conversationId, long answerId, Instant now) {
        add(conversationId, "answer_started", new OfAnswer(conversationId, answerId), now);
    }

    default void messageUpdated(long conversationId, long messageId, Instant now) {
        add(conversationId, "message_updated", new OfMessage(conversationId, messageId, null, null), now);
    }

    /** As {@link #messageUpdated}, of an answer of whatever conversation. */
    default void answerClosed(long messageId, Instant now) {
        findConversation(messageId).ifPresent(conversationId -> messageUpdated(conversationId, messageId, now));
    }

    /** The message is gone, and what hangs on it. */
    default void messageDeleted(long conversationId, long messageId, Instant now) {
        add(conversationId, "message_updated", new OfMessage(conversationId, messageId, null, true), now);
    }

    default void conversationUpdated(long conversationId, Instant now) {
        add(conversationId, CONVERSATION_UPDATED, new OfConversation(conversationId), now);
    }

    /** There is a new member, or one that has another role now. */
    default void memberJoined(long conversationId, long userId, String role, Instant now) {
        add(conversationId, "member_joined", new OfMember(conversationId, userId, role), now);
    }

    default void memberLeft(long conversationId, long userId, Instant now) {
        add(conversationId, "member_left", new OfMember(conversationId, userId, null), now);
    }

    private void add(long conversationId, String name, Object data, Instant now) {
        countUp(conversationId).ifPresent(number -> insert(conversationId, number, name, Json.write(data), now));
    }

    /** The number of the next event; none where nobody has followed the conversation. */
    @SqlQuery("""
        UPDATE conversations
           SET event_count = event_count + 1
         WHERE id = :conversationId AND event_count IS NOT NULL
        RETURNING event_count""")
    Optional<Long> countUp(long conversationId);

    @SqlUpdate("""
        INSERT INTO conversation_events (conversation_id, number, name, data, created_at)
        VALUES (:conversationId, :number, :name, CAST(:data AS <json>), :now)""")
    void insert(long conversationId, long number, String name, String data, Instant now);

    @SqlQuery("SELECT conversation_id FROM messages WHERE id = :messageId")
    Optional<Long> findConversation(long messageId);

    /** From now on events of the conversation are noted. */
    @SqlUpdate("UPDATE conversations SET event_count = 0 WHERE id = :conversationId AND event_count IS NULL")
    void begin(long conversationId);

    /** Where a conversation is that the user may see; none where nobody has followed it. */
    @SqlQuery("""
        SELECT c.event_count AS last, (SELECT MIN(number) FROM conversation_events WHERE conversation_id = c.id) AS oldest
          FROM conversations c
         WHERE c.id = :conversationId AND c.event_count IS NOT NULL AND""" + " " + AccessDao.MAY_READ)
    Optional<Place> findPlace(long conversationId, long userId);

    /** Those after a number, oldest first, if the user may see the conversation. */
    @SqlQuery("""
        SELECT e.number, e.name, e.data
          FROM conversations c
          JOIN conversation_events e ON e.conversation_id = c.id AND e.number > :after
         WHERE c.id = :conversationId AND
""" + AccessDao.MAY_READ + """
         ORDER BY e.number
         LIMIT :limit""")
    List<EventDao.Stored> list(long conversationId, long userId, long after, int limit);

    /**
     * Which of some conversations are there and not in the trash, and the number of the last event of each.
     *
     * @param ids a JSON array
     */
    @SqlQuery("""
        SELECT id AS conversation_id, coalesce(event_count, 0) AS last
          FROM conversations
         WHERE id IN (SELECT CAST(value AS BIGINT) FROM <jsonElements>(CAST(:ids AS <jsonb>)))
           AND trashed_at IS NULL AND user_id IS NOT NULL""")
    List<Last> listLast(String ids);

    /** @return how many there were, {@code limit} at most */
    @SqlUpdate("""
        DELETE FROM conversation_events
         WHERE (conversation_id, number) IN (
               SELECT conversation_id, number FROM conversation_events WHERE created_at < :before LIMIT :limit)""")
    int deleteBefore(Instant before, int limit);
}
