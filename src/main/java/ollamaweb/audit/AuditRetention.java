package ollamaweb.audit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import ollamaweb.db.BackgroundWork;
import ollamaweb.db.Transaction;

/** Deletes entries that are older than they have to be kept, some at a time. */
public final class AuditRetention implements BackgroundWork.Task {

    private static final int ROWS = 200;

    private final Duration kept;
    private final Clock clock;

    /** @param kept how long entries stay */
    public AuditRetention(Duration kept, Clock clock) {
        this.kept = kept;
        this.clock = clock;
    }

    @Override
    public boolean isDue(Transaction reading) {
        return reading.dao(AuditDao.class).hasOld(before());
    }

    @Override
    public boolean step(Transaction writing) {
        return writing.dao(AuditDao.class).deleteOld(before(), ROWS) == ROWS;
    }

    private Instant before() {
        return clock.instant().minus(kept);
    }
}
