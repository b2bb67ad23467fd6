package ollamaweb.backup;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import ollamaweb.db.Dialect;
import ollamaweb.db.Secrets;
import ollamaweb.db.SingleConnection;
import ollamaweb.db.Storage;
import ollamaweb.db.sqlite.OnlineBackup;
import ollamaweb.db.sqlite.SqliteFiles;
import ollamaweb.db.sqlite.SqliteStorage;
import ollamaweb.db.sqlite.Synchronous;
import ollamaweb.transfer.Progress;
import ollamaweb.transfer.Transfer;

/** A copy of all data as it is at one moment, as an SQLite file, whichever database it comes from; servers go on meanwhile. */
final class Snapshot {

    private Snapshot() {}

    /**
     * @param copy a file in a folder of its own, which does not exist
     * @param out  where to say how it goes on
     * @return the number of the newest migration that the data has been through
     * @throws IOException if the data cannot be copied; the message is one line for the console
     */
    static String take(Storage storage, Path copy, PrintStream out, boolean isTerminal) throws IOException {
        try (var source = storage.connectBeside()) {
            var schema = schema(source);
            if (source.dialect() == Dialect.SQLITE) {
                var progress = new Progress(out, isTerminal, "database", "pages", 0);
                OnlineBackup.copy(source.connection(), copy, (left, pages) -> progress.at(pages - (long) left, pages));
                progress.end("copied");
            } else {
                SqliteFiles.migrations(copy).upTo(schema);
                try (var target = new SqliteStorage(copy, Synchronous.NORMAL, new Secrets(null, null)).connectAsItIs()) {
                    new Transfer(source, target, out, isTerminal).run();
                }
            }
            return schema;
        } catch (SQLException e) {
            throw new IOException("the data could not be copied: " + e.getMessage(), e);
        }
    }

    private static String schema(SingleConnection source) throws SQLException, IOException {
        try (var statement = source.connection().createStatement();
                var newest = statement.executeQuery("SELECT id FROM changelog ORDER BY id DESC LIMIT 1")) {
            if (newest.next()) {
                return newest.getString(1);
            }
        }
        throw new IOException("there is nothing in " + source.location());
    }
}
