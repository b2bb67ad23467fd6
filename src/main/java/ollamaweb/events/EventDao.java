package ollamaweb.events;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import ollamaweb.json.Json;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** What accounts are told, numbered for each from 1 on. */
@RegisterConstructorMapper(EventDao.Stored.class)
@RegisterConstructorMapper(EventDao.Place.class)
@RegisterConstructorMapper(EventDao.Told.class)
public interface EventDao {

    /** @param data JSON text */
    record Stored(long number, String name, String data) {}

    /** @param last the number of the account's last event */
    record Told(long userId, long last) {}

    /**
     * @param last the number of the account's last event
     * @param sent up to which one some client was sent them
     */
    record Place(long last, long sent) {}

    /**
     * Adds an event of an account, unless that is deleted. Once it is committed, {@link AccountEvents#tell} has it sent.
     *
     * @param data becomes JSON
     */
    default void add(long userId, String name, Object data, Instant now) {
        countUp(userId).ifPresent(number -> insert(userId, number, name, Json.write(data), now));
    }

    @SqlQuery("UPDATE users SET event_count = event_count + 1 WHERE id = :userId AND deleted_at IS NULL RETURNING event_count")
    Optional<Long> countUp(long userId);

    @SqlUpdate("""
        INSERT INTO account_events (user_id, number, name, data, created_at)
        VALUES (:userId, :number, :name, CAST(:data AS <json>), :now)""")
    void insert(long userId, long number, String name, String data, Instant now);

    /** Those after a number, oldest first. */
    @SqlQuery("""
        SELECT number, name, data
          FROM account_events
         WHERE user_id = :userId AND number > :after
         ORDER BY number
         LIMIT :limit""")
    List<Stored> list(long userId, long after, int limit);

    @SqlQuery("SELECT event_count AS last, events_sent AS sent FROM users WHERE id = :userId AND deleted_at IS NULL")
    Optional<Place> findPlace(long userId);

    /** The accounts that have events since a moment, and the number of the last one of each. */
    @SqlQuery("SELECT user_id, MAX(number) AS last FROM account_events WHERE created_at >= :since GROUP BY user_id")
    List<Told> listTold(Instant since);

    @SqlUpdate("UPDATE users SET events_sent = :number WHERE id = :userId AND events_sent < :number")
    boolean markSent(long userId, long number);

    /** @return how many there were, {@code limit} at most */
    @SqlUpdate("""
        DELETE FROM account_events
         WHERE (user_id, number) IN (SELECT user_id, number FROM account_events WHERE created_at < :before LIMIT :limit)""")
    int deleteBefore(Instant before, int limit);
}
