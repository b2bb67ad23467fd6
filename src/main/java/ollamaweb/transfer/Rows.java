package ollamaweb.transfer;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import ollamaweb.db.SingleConnection;
import ollamaweb.transfer.Columns.Column;

/** The rows of a table in one database, one at a time, in the order of their keys; to be closed by the caller. */
final class Rows implements AutoCloseable {

    private final Columns columns;
    private final SingleConnection database;
    private final PreparedStatement statement;
    private final ResultSet result;

    private Rows(Columns columns, SingleConnection database, Object[] afterKey) throws SQLException {
        this.columns = columns;
        this.database = database;
        this.statement = database.connection().prepareStatement(columns.select(database.dialect(), afterKey != null));
        if (afterKey != null) {
            bind(statement, 1, columns.keyColumns(), afterKey, database);
        }
        this.result = statement.executeQuery();
    }

    static Rows all(Columns columns, SingleConnection database) throws SQLException {
        return new Rows(columns, database, null);
    }

    /** @param key after which they begin; null: from the first on */
    static Rows after(Columns columns, SingleConnection database, Object[] key) throws SQLException {
        return new Rows(columns, database, key);
    }

    /** @return the values of the next row in the order of {@link Columns#all}; null after the last one */
    Object[] next() throws SQLException {
        return result.next() ? read(result, columns.all(), database) : null;
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }

    /** @return the key of the last row; null if there is none */
    static Object[] lastKey(Columns columns, SingleConnection database) throws SQLException {
        try (var statement = database.connection().prepareStatement(columns.selectLastKey(database.dialect()));
                var row = statement.executeQuery()) {
            return row.next() ? read(row, columns.keyColumns(), database) : null;
        }
    }

    static long count(Columns columns, SingleConnection database) throws SQLException {
        try (var statement = database.connection().createStatement();
                var row = statement.executeQuery("SELECT COUNT(*) FROM " + columns.table())) {
            row.next();
            return row.getLong(1);
        }
    }

    static void bind(PreparedStatement statement, int from, List<Column> columns, Object[] values, SingleConnection database)
            throws SQLException {
        for (int i = 0; i < values.length; i++) {
            columns.get(i).type().write(statement, from + i, values[i], database.dialect());
        }
    }

    private static Object[] read(ResultSet row, List<Column> columns, SingleConnection database) throws SQLException {
        var values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = columns.get(i).type().read(row, i + 1, database.dialect());
        }
        return values;
    }
}
