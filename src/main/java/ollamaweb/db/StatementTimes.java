package ollamaweb.db;

import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;

/** Tells an observer how long each statement took that reads. */
public final class StatementTimes implements SqlLogger {

    private final DatabaseObserver observer;

    public StatementTimes(DatabaseObserver observer) {
        this.observer = observer;
    }

    @Override
    public void logAfterExecution(StatementContext statement) {
        observer.hasRead(statement.getElapsedTime(ChronoUnit.NANOS));
    }

    @Override
    public void logException(StatementContext statement, SQLException failure) {
        logAfterExecution(statement);
    }
}
