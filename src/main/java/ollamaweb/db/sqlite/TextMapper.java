package ollamaweb.db.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import ollamaweb.db.CompressedText;
import org.jdbi.v3.core.mapper.ColumnMapper;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads texts, those too that are kept compressed; nothing else that is read as text is kept as bytes. */
final class TextMapper implements ColumnMapper<String> {

    @Override
    public String map(ResultSet row, int column, StatementContext context) throws SQLException {
        var value = row.getObject(column);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        return value instanceof byte[] compressed ? CompressedText.text(compressed) : row.getString(column);
    }
}
