package ollamaweb.db.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import ollamaweb.json.Timestamps;
import org.jdbi.v3.core.mapper.ColumnMapper;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads moments back from text, those written by {@code CURRENT_TIMESTAMP} too. */
final class InstantMapper implements ColumnMapper<Instant> {

    @Override
    public Instant map(ResultSet row, int column, StatementContext context) throws SQLException {
        var text = row.getString(column);
        return text == null ? null : Timestamps.parse(text);
    }
}
