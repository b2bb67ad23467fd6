package ollamaweb.db.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;

/** A copy of an SQLite file that servers go on reading and writing, made by SQLite itself. */
public final class OnlineBackup {

    private static final int PAGES_A_STEP = 1000;
    private static final int PAUSE_MS = 20;
    private static final int PAUSES_AT_MOST = 500;

    /** Told how far a copy is. */
    @FunctionalInterface
    public interface Progress {

        /** @param left of {@code pages}, how many are still to be copied */
        void at(int left, int pages);
    }

    private OnlineBackup() {}

    /**
     * Copies the file as it is when this begins: what others write meanwhile stays out, in their log, and makes it neither wait
     * nor begin anew.
     *
     * @param connection without a transaction
     * @param copy       a file that is empty or does not exist
     * @throws SQLException if the file cannot be read or the copy not be written; part of it may be there then
     */
    public static void copy(Connection connection, Path copy, Progress progress) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.executeQuery("SELECT COUNT(*) FROM sqlite_schema").close(); // from here on it sees one state
            int result = connection.unwrap(SQLiteConnection.class).getDatabase().backup("main", copy.toAbsolutePath().toString(),
                    progress::at, PAUSE_MS, PAUSES_AT_MOST, PAGES_A_STEP);
            if (result != 0) {
                throw new SQLException(SQLiteErrorCode.getErrorCode(result).message + " while " + copy + " was written");
            }
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }
}
