package ollamaweb.cluster;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** What servers tell each other, kept for some minutes. */
@RegisterConstructorMapper(AnnouncementDao.Announcement.class)
interface AnnouncementDao {

    record Announcement(long id, String topic, String content) {}

    @SqlUpdate("INSERT INTO announcements (server_id, topic, content, created_at) VALUES (:serverId, :topic, :content, :now)")
    void insert(long serverId, String topic, String content, Instant now);

    /** What other servers announced after one. */
    @SqlQuery("""
        SELECT id, topic, content
          FROM announcements
         WHERE id > :after AND server_id <> :serverId
         ORDER BY id
         LIMIT :limit""")
    List<Announcement> listAfter(long after, long serverId, int limit);

    @SqlQuery("SELECT coalesce(MAX(id), 0) FROM announcements")
    long lastId();

    @SqlQuery("SELECT EXISTS (SELECT 1 FROM announcements WHERE created_at < :before)")
    boolean hasBefore(Instant before);

    @SqlUpdate("DELETE FROM announcements WHERE created_at < :before")
    void deleteBefore(Instant before);
}
