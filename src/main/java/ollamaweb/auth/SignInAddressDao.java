package ollamaweb.auth;

import java.time.Instant;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** From where an account signed in. */
interface SignInAddressDao {

    @SqlQuery("SELECT EXISTS (SELECT 1 FROM sign_in_addresses WHERE user_id = :userId AND address = :address)")
    boolean isKnown(long userId, String address);

    @SqlUpdate("""
        INSERT INTO sign_in_addresses (user_id, address, signed_in_at)
        VALUES (:userId, :address, :now)
        ON CONFLICT (user_id, address) DO UPDATE SET signed_in_at = excluded.signed_in_at""")
    void put(long userId, String address, Instant now);

    /** Forgets all but the newest. */
    @SqlUpdate("""
        DELETE FROM sign_in_addresses
         WHERE user_id = :userId
           AND address NOT IN (SELECT address
                                 FROM sign_in_addresses
                                WHERE user_id = :userId
                                ORDER BY signed_in_at DESC, address
                                LIMIT :kept)""")
    int deleteOld(long userId, int kept);

    @SqlUpdate("DELETE FROM sign_in_addresses WHERE user_id = :userId AND address <> :address")
    int deleteOthers(long userId, String address);
}
