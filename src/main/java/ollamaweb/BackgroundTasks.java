package ollamaweb;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import ollamaweb.audit.AuditRetention;
import ollamaweb.db.BackgroundWork;
import ollamaweb.db.Database;
import ollamaweb.messages.sqlite.TextCompression;
import ollamaweb.purge.Purge;

/** What is done in the background in which kind of database. */
final class BackgroundTasks {

    private BackgroundTasks() {}

    /** @param auditTime how long entries of the audit log are kept */
    static List<BackgroundWork.Task> of(Database database, Purge purge, Duration auditTime, Clock clock) {
        var audit = new AuditRetention(auditTime, clock);
        var indexer = MessageIndexes.of(database).indexer();
        return switch (database.dialect()) {
            case SQLITE -> List.of(indexer, purge, audit, new TextCompression());
            case POSTGRESQL -> List.of(indexer, purge, audit);
        };
    }
}
