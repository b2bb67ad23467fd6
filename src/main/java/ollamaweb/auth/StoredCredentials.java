package ollamaweb.auth;

import java.time.Clock;
import ollamaweb.db.Database;
import ollamaweb.http.CurrentUser;

/** Whether the key or session that somebody came with is still valid, as the database has it at this moment. */
public final class StoredCredentials {

    private final ApiKeyDao keys;
    private final SessionDao sessions;
    private final Clock clock;

    public StoredCredentials(Database database, Clock clock) {
        this.keys = database.reader(ApiKeyDao.class);
        this.sessions = database.reader(SessionDao.class);
        this.clock = clock;
    }

    /** @return false once the key was revoked or has expired, or the session has ended */
    public boolean areValid(CurrentUser user) {
        return (user.keyId() == null || keys.isValid(user.keyId(), user.id(), clock.instant()))
                && (user.sessionId() == null
                        || sessions.find(user.sessionId()).filter(session -> session.userId() == user.id()).isPresent());
    }
}
