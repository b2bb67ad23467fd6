package ollamaweb.testing;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** What a server does in small steps beside everything else, seen from its database. */
final class BackgroundWork {

    /** On a busy machine it takes its time. */
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private static final String[] INDEXING = TestDatabase.isPostgres()
            ? new String[] {"search_queue"}
            : new String[] {"search_queue", "search_removals"};

    private final Path database;

    BackgroundWork(Path database) {
        this.database = database;
    }

    void awaitIndexed() {
        awaitNone(INDEXING);
    }

    void awaitCompressed() {
        if (!TestDatabase.isPostgres()) {
            awaitNone("messages WHERE status <> 'streaming' AND (typeof(content) = 'text' AND length(CAST(content AS BLOB)) > 2048"
                    + " OR typeof(thinking) = 'text' AND length(CAST(thinking AS BLOB)) > 2048)");
        }
    }

    void awaitPurged() {
        awaitNone("conversations WHERE user_id IS NULL", "users WHERE deleted_at IS NOT NULL", "files WHERE user_id IS NULL");
        awaitNone(INDEXING);
    }

    private void awaitNone(String... rows) {
        for (var each : rows) {
            Await.await(LONGEST, () -> Rows.one(database, "SELECT 1 FROM " + each + " LIMIT 1") == null || isToldToWait(),
                    () -> "still rows in " + each);
        }
    }

    /** Looking all the time would keep from working what is waited for. */
    private static boolean isToldToWait() {
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        return false;
    }
}
