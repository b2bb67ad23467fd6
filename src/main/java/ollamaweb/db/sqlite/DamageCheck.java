package ollamaweb.db.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Whether a file can be trusted, found out before anything is written to it: SQLite's {@code quick_check} reads every
 * page. A large file, for which that takes longer than a start may, is read through only when it was not closed properly.
 */
final class DamageCheck {

    /** Read in some 250 ms. */
    private static final long ALWAYS_UP_TO_BYTES = 128L << 20;

    private DamageCheck() {}

    /** @throws IOException if it is damaged; the message is fit for the console */
    static void of(DatabaseFile file, Connection connection) throws IOException, SQLException {
        if (file.size() > ALWAYS_UP_TO_BYTES && !file.wasLeftOpen()) {
            return;
        }
        try (var statement = connection.createStatement(); var finding = statement.executeQuery("PRAGMA quick_check(1)")) {
            var first = finding.next() ? finding.getString(1) : "ok";
            if (!first.equals("ok")) {
                throw damaged(file.path(), first);
            }
        }
    }

    /** @return whether that is why it failed */
    static boolean isDamage(Throwable e) {
        for (var cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLiteException sqlite) {
                int code = sqlite.getResultCode().code & 0xff;
                return code == SQLiteErrorCode.SQLITE_CORRUPT.code || code == SQLiteErrorCode.SQLITE_NOTADB.code;
            }
        }
        return false;
    }

    /** @return the one line that tells what was found, and what to do */
    static IOException damaged(Path file, String finding) {
        return new IOException("the database " + file + " is damaged (" + finding.lines().reduce((some, more) -> more).orElse("")
                + "): put back a backup, or save what can be read with: sqlite3 " + file + " .recover");
    }
}
