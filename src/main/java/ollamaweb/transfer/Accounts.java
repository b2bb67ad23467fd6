package ollamaweb.transfer;

import java.io.IOException;
import java.sql.SQLException;
import ollamaweb.db.Storage;

/** Whether a database has accounts: one that was never used, or whose first start was killed, has nothing to lose. */
public final class Accounts {

    private Accounts() {}

    /** @throws IOException if there is no database, or it cannot be reached */
    public static boolean exist(Storage storage) throws IOException, SQLException {
        try (var database = storage.connectBeside();
                var tables = database.connection().getMetaData().getTables(null, database.connection().getSchema(), "users",
                        new String[] {"TABLE"});
                var statement = database.connection().createStatement()) {
            if (!tables.next()) {
                return false;
            }
            try (var found = statement.executeQuery("SELECT 1 FROM users LIMIT 1")) {
                return found.next();
            }
        }
    }

    /** @return what comes before a change of the schema of a target: it is left alone unless it is empty */
    public static Storage.MigrationWork none(Storage target) {
        return migrations -> {
            if (migrations.isBehind() && exist(target)) {
                throw new IOException("the target is not empty, and its schema is an older one");
            }
        };
    }
}
