package ollamaweb.testing;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Looks into an SQLite file, and changes it, behind the server's back: as another program would. */
public final class Rows {

    private Rows() {}

    /** @return the one value that the query gives, as text; null if it gives none */
    public static String one(Path database, String query) {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                var rows = connection.createStatement().executeQuery(query)) {
            return rows.next() ? rows.getString(1) : null;
        } catch (SQLException e) {
            throw new AssertionError(query, e);
        }
    }

    public static void change(Path database, String statement) {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database)) {
            connection.createStatement().execute(statement);
        } catch (SQLException e) {
            throw new AssertionError(statement, e);
        }
    }

    /** Takes the triggers off a table, so that many rows, or giant ones, are written without being indexed. */
    public static void dropTriggers(Path database, String table) {
        for (var name = trigger(database, table); name != null; name = trigger(database, table)) {
            change(database, "DROP TRIGGER " + name);
        }
    }

    private static String trigger(Path database, String table) {
        return one(database, "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '" + table + "' LIMIT 1");
    }
}
