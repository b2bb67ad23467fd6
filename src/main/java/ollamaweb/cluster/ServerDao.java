package ollamaweb.cluster;

import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The servers that use the database, each with a number that grows as long as it lives. */
@RegisterConstructorMapper(ServerDao.Heartbeat.class)
interface ServerDao {

    /** How far a server's heartbeat has got. */
    record Heartbeat(long id, long beats) {}

    @SqlUpdate("INSERT INTO servers (id) VALUES (:id)")
    void insert(long id);

    /** @return false if the server was taken for gone */
    @SqlUpdate("UPDATE servers SET beats = beats + 1 WHERE id = :id")
    boolean beat(long id);

    @SqlQuery("SELECT id, beats FROM servers")
    List<Heartbeat> list();

    /** @return false if it lives on, or is gone already */
    @SqlUpdate("DELETE FROM servers WHERE id = :id AND beats = :beats")
    boolean deleteSilent(long id, long beats);

    @SqlUpdate("DELETE FROM servers WHERE id = :id")
    void delete(long id);

    @SqlUpdate("DELETE FROM servers")
    void deleteAll();
}
