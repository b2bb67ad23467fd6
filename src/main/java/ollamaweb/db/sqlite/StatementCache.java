package ollamaweb.db.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Keeps the statements of one connection for the next time, so that a write and its triggers are not compiled anew each
 * time they run. For one thread.
 */
final class StatementCache extends DefaultStatementBuilder {

    private static final int MOST = 200;

    /** The statements nobody uses at the moment, the one that waited longest first. */
    private final Map<String, PreparedStatement> idle = new LinkedHashMap<>();
    /** What the others were made from; JDBI gives them back under the name they had before it parsed them. */
    private final IdentityHashMap<Statement, String> used = new IdentityHashMap<>();

    @Override
    public PreparedStatement create(Connection connection, String sql, StatementContext context) throws SQLException {
        var kept = idle.remove(sql);
        var statement = kept == null ? super.create(connection, sql, context) : kept;
        used.put(statement, sql);
        return statement;
    }

    @Override
    public void close(Connection connection, String name, Statement statement) throws SQLException {
        var sql = used.remove(statement);
        if (sql == null || idle.containsKey(sql)) {
            super.close(connection, name, statement);
            return;
        }
        var prepared = (PreparedStatement) statement;
        prepared.clearParameters();
        idle.put(sql, prepared);
        if (idle.size() > MOST) {
            idle.remove(idle.keySet().iterator().next()).close();
        }
    }

    /** The connection takes its statements along when it is closed. */
    @Override
    public void close(Connection connection) {
        idle.clear();
        used.clear();
    }
}
