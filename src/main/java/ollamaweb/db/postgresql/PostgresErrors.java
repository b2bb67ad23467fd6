package ollamaweb.db.postgresql;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import ollamaweb.db.DatabaseUnavailableException;

/** What PostgreSQL's error codes mean to whoever asked. */
final class PostgresErrors {

    /** Serialization failure, deadlock. */
    private static final Set<String> CONFLICTS = Set.of("40001", "40P01");
    private static final String UNIQUE_VIOLATION = "23505";
    /** A lock or a statement took too long. */
    private static final Set<String> TIMEOUTS = Set.of("55P03", "57014");
    /** Ended by its administrator, crashed, starting, too many connections, disk full, out of memory, or read-only. */
    private static final Set<String> AWAY = Set.of("57P01", "57P02", "57P03", "53300", "53100", "53200", "25006", "58030");
    private static final String CONNECTION_CLASS = "08";

    private PostgresErrors() {}

    /** @return whether the same transaction, run again, may hold */
    static boolean isConflict(Throwable e) {
        var state = state(e);
        return state != null && CONFLICTS.contains(state);
    }

    /** @return whether somebody else wrote the same key at the same time; run again, the transaction sees that */
    static boolean isUniqueViolation(Throwable e) {
        return UNIQUE_VIOLATION.equals(state(e));
    }

    /** @return the exception itself, or one with a sentence for the client if the database cannot be used now */
    static RuntimeException explained(RuntimeException e) {
        var message = unavailability(e);
        return message == null ? e : new DatabaseUnavailableException(message, e);
    }

    private static String unavailability(Throwable e) {
        if (e instanceof DatabaseUnavailableException) {
            return null;
        }
        var cause = sqlException(e);
        if (cause == null) {
            return null;
        }
        var state = cause.getSQLState();
        if (cause instanceof SQLTransientConnectionException && cause.getCause() == null) {
            return "The database is busy, please try again";
        }
        if (state == null ? cause instanceof SQLTransientConnectionException : state.startsWith(CONNECTION_CLASS) || AWAY.contains(state)) {
            return "53100".equals(state) ? "The database's disk is full, nothing was saved"
                    : "The database is not available, please try again";
        }
        if (cause instanceof SQLTransientConnectionException) {
            return "The database is not available, please try again";
        }
        if (state != null && (TIMEOUTS.contains(state) || CONFLICTS.contains(state))) {
            return "The database is busy, please try again";
        }
        return null;
    }

    static String state(Throwable e) {
        var sql = sqlException(e);
        return sql == null ? null : sql.getSQLState();
    }

    /** @return the first exception of JDBC among the causes, or null */
    static SQLException sqlException(Throwable e) {
        for (var cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }
}
