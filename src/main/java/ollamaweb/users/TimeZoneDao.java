package ollamaweb.users;

import java.time.ZoneId;
import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Where users live, which decides when a day of theirs begins and ends. */
public interface TimeZoneDao {

    /** @return empty if there is no such account any more */
    @SqlQuery("SELECT timezone FROM users WHERE id = :userId")
    Optional<ZoneId> find(long userId);

    /** Moves a user there who has not said where they live; false if they have. */
    @SqlUpdate("UPDATE users SET timezone = :zone WHERE id = :userId AND timezone = 'UTC'")
    boolean moveIfUnknown(long userId, String zone);
}
