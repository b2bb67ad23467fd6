package ollamaweb.db.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import ollamaweb.concurrent.Threads;
import ollamaweb.db.StepTime;
import ollamaweb.db.Transaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives back the room of what was deleted, and with it the last copies of its text: rows are overwritten when they go
 * ({@code secure_delete}), whole pages when they leave the file, the log when it is cut to nothing.
 */
final class FreeSpace {

    private static final Logger log = LoggerFactory.getLogger(FreeSpace.class);

    /** Writers wait for one who cuts the log, who waits for readers: no longer than nobody minds. */
    private static final int PATIENCE_MS = 50;
    private static final int PAGES = 16;
    private static final int TRIES = 120;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private FreeSpace() {}

    /**
     * Takes out some free pages.
     *
     * @return whether there are more
     */
    static boolean takeSome(Transaction writing) {
        var dao = writing.dao(VacuumDao.class);
        if (!dao.isIncremental()) {
            log.info("This database was made by an older version; `java -jar ollama-web.jar maintenance` rewrites it once, while no "
                    + "server uses it, and from then on it shrinks by itself");
            return false;
        }
        var time = new StepTime();
        long free = dao.countFreePages();
        for (; free > 0 && time.isLeft(); free -= PAGES) {
            dao.takeFreePages(PAGES);
        }
        return free > 0;
    }

    /**
     * Brings what is in the log into the file, and cuts the log to nothing as soon as no reader is in the way.
     *
     * @param stops asked between two tries
     */
    static void cutLog(Callable<Connection> connections, BooleanSupplier stops) {
        try (var connection = connections.call(); var statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = " + PATIENCE_MS);
            statement.execute("PRAGMA wal_checkpoint(PASSIVE)");
            for (int i = 0; i < TRIES && !stops.getAsBoolean(); i++) {
                try (var result = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
                    if (result.getInt(1) == 0) {
                        return;
                    }
                }
                Threads.pause(PAUSE);
            }
            log.info("The database's log was in use all the time, and is cut another night");
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("The database's log could not be cut", e);
        }
    }

    /** Rewrites the whole file, so that nothing is left in it of what was deleted, nor of where it was before. */
    static void rewrite(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA temp_store = FILE");
            statement.execute("INSERT INTO search_grams (search_grams) VALUES ('optimize')");
            statement.execute("INSERT INTO search_wide_grams (search_wide_grams) VALUES ('optimize')");
            statement.execute("PRAGMA auto_vacuum = INCREMENTAL");
            statement.execute("VACUUM");
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }

    /** Lets a file in which nothing is yet give back its room page by page later on. */
    static void prepare(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            boolean isNew;
            try (var found = statement.executeQuery("SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema)")) {
                isNew = found.getBoolean(1);
            }
            if (isNew) {
                statement.execute("PRAGMA auto_vacuum = INCREMENTAL");
                statement.execute("VACUUM");
            }
        }
    }
}
