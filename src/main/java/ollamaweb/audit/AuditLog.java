package ollamaweb.audit;

import java.time.Clock;
import java.time.Duration;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.http.ClientAddress;
import ollamaweb.json.Excerpt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes who did what to accounts and what is in them, from where. An entry is written in the transaction of what it tells. Failed sign-ins change
 * nothing else, so theirs is written by itself; what one address, and all of them together, can have written by failing is bounded.
 */
public final class AuditLog {

    private static final Logger log = LoggerFactory.getLogger(AuditLog.class);
    private static final Duration COUNTED_TOGETHER = Duration.ofHours(1);
    private static final int ROWS_OF_NETWORK = 20;
    private static final int ROWS_OF_ALL = 200;
    private static final int LONGEST_DETAIL = 200;
    private static final long NOBODY = 0;

    private final Database database;
    private final Clock clock;

    public AuditLog(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * @param tx       of what is done
     * @param targetId the account that it is done to; null for what is the own account's, or no account's
     * @param detail   which key, for example, never a secret; or null
     */
    public void write(Transaction tx, AuditAction action, Actor actor, Long targetId, String detail) {
        tx.dao(AuditDao.class).insert(action.text(), actor, targetId, detail == null ? null : Excerpt.cut(detail, LONGEST_DETAIL),
                clock.instant());
    }

    /**
     * Notes a failed sign-in; nobody waits for it.
     *
     * @param userId the account whose password it was not; null where there is no such account
     */
    public void signInFailed(Long userId, ClientAddress address) {
        var actor = Actor.of(null, address);
        var unused = database.submit(tx -> {
            noteFailure(tx.dao(AuditDao.class), userId, actor);
            return null;
        }).exceptionally(e -> {
            log.warn("A failed sign-in is missing in the audit log", e);
            return null;
        });
    }

    private void noteFailure(AuditDao dao, Long userId, Actor actor) {
        var now = clock.instant();
        var since = now.minus(COUNTED_TOGETHER);
        if (dao.countFailure(userId == null ? NOBODY : userId, actor.network(), since)) {
            return;
        }
        if (dao.countFailureRows(actor.network(), since) >= ROWS_OF_NETWORK) {
            dao.countOtherFailure(actor.network(), since);
        } else if (dao.countFailureRows(null, since) >= ROWS_OF_ALL) {
            dao.countOtherFailure(null, since);
        } else {
            dao.insert(AuditAction.SIGN_IN_FAILED.text(), actor, userId, null, now);
        }
    }
}
