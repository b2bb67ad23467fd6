package ollamaweb.turns;

import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Who of several servers has an answer made at which host. */
interface SlotDao {

    /**
     * Takes a slot of a host that nobody has, one of the first {@code most}; empty if there is none, or somebody was faster. It is
     * chosen among more than twice as many as are taken, so that those who choose at the same moment seldom meet.
     */
    @SqlQuery("""
        INSERT INTO model_slots (host, number, server_id)
        WITH RECURSIVE numbers (number) AS (
            SELECT 1
             UNION ALL
            SELECT number + 1
              FROM numbers
             WHERE number < :most
               AND number < 16 + 2 * (SELECT COUNT(*) FROM model_slots s WHERE s.host = :host))
        SELECT :host, number, :serverId
          FROM numbers
         WHERE NOT EXISTS (SELECT 1 FROM model_slots s WHERE s.host = :host AND s.number = numbers.number)
         ORDER BY random()
         LIMIT 1
            ON CONFLICT DO NOTHING
        RETURNING number""")
    Optional<Integer> take(String host, int most, long serverId);

    @SqlUpdate("DELETE FROM model_slots WHERE host = :host AND number = :number AND server_id = :serverId")
    void giveBack(String host, int number, long serverId);

    /** Gives back what servers held that are gone. */
    @SqlUpdate("DELETE FROM model_slots WHERE NOT EXISTS (SELECT 1 FROM servers WHERE servers.id = model_slots.server_id)")
    void release();
}
