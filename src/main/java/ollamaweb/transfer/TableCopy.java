package ollamaweb.transfer;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import ollamaweb.db.SingleConnection;
import ollamaweb.transfer.Columns.Column;

/** Copies one table. Every batch is a transaction; a copy that broke off goes on after the last row that arrived. */
final class TableCopy {

    private static final int BATCH_ROWS = 1000;
    /** About as many characters of text, or bytes, are in memory at once. */
    private static final int BATCH_LENGTH = 1024 * 1024;

    private final SingleConnection source;
    private final SingleConnection target;
    private final Columns columns;

    TableCopy(SingleConnection source, SingleConnection target, Columns columns) {
        this.source = source;
        this.target = target;
        this.columns = columns;
    }

    /** Copies the rows that the target does not have, without the columns that come later. */
    void rows(Progress progress) throws SQLException {
        var copied = columns.all().stream().filter(column -> !columns.later().contains(column.name())).toList();
        run(Rows.lastKey(columns, target), columns.insert(target.dialect(), copied), copied, progress);
    }

    /** Fills in what comes later, in all rows. */
    void later(Progress progress) throws SQLException {
        if (!columns.later().isEmpty()) {
            var set = columns.all().stream().filter(column -> columns.later().contains(column.name())).toList();
            run(null, columns.update(target.dialect(), set), Stream.concat(set.stream(), columns.keyColumns().stream()).toList(), progress);
        }
    }

    private void run(Object[] afterKey, String sql, List<Column> bound, Progress progress) throws SQLException {
        var places = columns.places(bound);
        try (var rows = Rows.after(columns, source, afterKey); var statement = target.connection().prepareStatement(sql)) {
            int count = 0;
            long length = 0;
            for (var row = rows.next(); row != null; row = rows.next()) {
                var values = pick(row, places);
                Rows.bind(statement, 1, bound, values, target);
                statement.addBatch();
                count++;
                length += length(values);
                if (count == BATCH_ROWS || length > BATCH_LENGTH) {
                    commit(statement);
                    progress.add(count);
                    count = 0;
                    length = 0;
                }
            }
            commit(statement);
            progress.add(count);
        }
    }

    private void commit(PreparedStatement statement) throws SQLException {
        statement.executeBatch();
        target.connection().commit();
    }

    private static Object[] pick(Object[] row, List<Integer> places) {
        var values = new Object[places.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = row[places.get(i)];
        }
        return values;
    }

    private static long length(Object[] values) {
        long length = 0;
        for (var value : values) {
            length += value instanceof String text ? text.length() : value instanceof byte[] bytes ? bytes.length : 0;
        }
        return length;
    }
}
