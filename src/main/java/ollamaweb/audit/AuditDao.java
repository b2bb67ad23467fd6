package ollamaweb.audit;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

@RegisterConstructorMapper(AuditDao.Row.class)
interface AuditDao {

    record Row(long id, String action, Long userId, String userEmail, Long targetId, String targetEmail, String detail, String address,
            int times, Instant createdAt) {

        AuditEntry shown() {
            return new AuditEntry(id, AuditAction.of(action), userId, userEmail, targetId, targetEmail, detail, address, times, createdAt);
        }
    }

    @SqlUpdate("""
        INSERT INTO audit_entries (action, user_id, target_id, detail, address, network, created_at)
        VALUES (:action, :userId, :targetId, :detail, :address, :network, :now)""")
    void insert(String action, @BindMethods Actor actor, Long targetId, String detail, Instant now);

    /** Counts one more failed sign-in of the account, or of one that there is not, if there is a row for it. */
    @SqlUpdate("""
        UPDATE audit_entries
           SET times = times + 1
         WHERE id = (SELECT MAX(id)
                       FROM audit_entries
                      WHERE action = 'sign_in_failed' AND created_at > :since AND network = :network
                        AND coalesce(target_id, 0) = :targetId)""")
    boolean countFailure(long targetId, String network, Instant since);

    /** How many rows tell of failed sign-ins from a network, or from everywhere. */
    @SqlQuery("""
        SELECT COUNT(*)
          FROM audit_entries
         WHERE action = 'sign_in_failed' AND created_at > :since AND (:network IS NULL OR network = :network)""")
    int countFailureRows(String network, Instant since);

    /** Counts one more in the newest row from a network, or from anywhere. */
    @SqlUpdate("""
        UPDATE audit_entries
           SET times = times + 1
         WHERE id = (SELECT MAX(id)
                       FROM audit_entries
                      WHERE action = 'sign_in_failed' AND created_at > :since AND (:network IS NULL OR network = :network))""")
    boolean countOtherFailure(String network, Instant since);

    @SqlQuery("""
        SELECT e.id, e.action, e.user_id, u.email AS user_email, e.target_id, t.email AS target_email, e.detail, e.address, e.times,
               e.created_at
          FROM audit_entries e
          LEFT JOIN users u ON u.id = e.user_id
          LEFT JOIN users t ON t.id = e.target_id
         WHERE (:action IS NULL OR e.action = :action)
           AND (:userId IS NULL OR e.user_id = :userId OR e.target_id = :userId)
           AND (:address IS NULL OR e.address = :address)
           AND (:after IS NULL OR e.created_at >= :after)
           AND (:before IS NULL OR e.created_at < :before)
         ORDER BY e.id DESC
         LIMIT :limit OFFSET :offset""")
    List<Row> list(@BindMethods AuditFilter filter, int limit, long offset);

    @SqlQuery("""
        SELECT COUNT(*)
          FROM audit_entries e
         WHERE (:action IS NULL OR e.action = :action)
           AND (:userId IS NULL OR e.user_id = :userId OR e.target_id = :userId)
           AND (:address IS NULL OR e.address = :address)
           AND (:after IS NULL OR e.created_at >= :after)
           AND (:before IS NULL OR e.created_at < :before)""")
    long count(@BindMethods AuditFilter filter);

    @SqlQuery("SELECT EXISTS (SELECT 1 FROM audit_entries WHERE created_at < :before)")
    boolean hasOld(Instant before);

    @SqlUpdate("DELETE FROM audit_entries WHERE id IN (SELECT id FROM audit_entries WHERE created_at < :before LIMIT :limit)")
    int deleteOld(Instant before, int limit);
}
