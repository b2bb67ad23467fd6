package ollamaweb.transfer;

import java.sql.SQLException;
import ollamaweb.db.Dialect;
import ollamaweb.db.SingleConnection;

/** The greatest id that a table has given so far: those of deleted rows are never given again, in the target neither. */
final class IdSequence {

    private IdSequence() {}

    static void carry(String table, SingleConnection source, SingleConnection target) throws SQLException {
        long given = given(table, source);
        if (given > 0 && target.dialect() == Dialect.POSTGRESQL) {
            run(target, "SELECT setval(pg_get_serial_sequence('" + table + "', 'id'), " + given + ")");
        } else if (given > 0) {
            run(target, "DELETE FROM sqlite_sequence WHERE name = '" + table + "'");
            run(target, "INSERT INTO sqlite_sequence (name, seq) VALUES ('" + table + "', " + given + ")");
        }
    }

    private static long given(String table, SingleConnection source) throws SQLException {
        var query = source.dialect() == Dialect.SQLITE
                ? "SELECT seq FROM sqlite_sequence WHERE name = '" + table + "'"
                : "SELECT coalesce(pg_sequence_last_value(pg_get_serial_sequence('" + table + "', 'id')::regclass), 0)";
        try (var statement = source.connection().createStatement(); var row = statement.executeQuery(query)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private static void run(SingleConnection target, String sql) throws SQLException {
        try (var statement = target.connection().createStatement()) {
            statement.execute(sql);
        }
    }
}
