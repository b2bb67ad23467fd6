package ollamaweb.db.sqlite;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jdbi.v3.core.statement.StatementBuilder;
import org.jdbi.v3.core.statement.StatementBuilderFactory;
import org.jdbi.v3.core.statement.StatementContext;
import org.sqlite.SQLiteConnection;

/**
 * Keeps the statements of each pooled connection for whoever gets it next. They are made beneath the pool, which would close
 * them together with the caller's hold on the connection; they end with the connection itself.
 */
final class ReaderStatements implements StatementBuilderFactory {

    private final Map<SQLiteConnection, StatementCache> caches = Collections.synchronizedMap(new IdentityHashMap<>());

    @Override
    public StatementBuilder createStatementBuilder(Connection pooled) {
        try {
            var connection = pooled.unwrap(SQLiteConnection.class);
            var cache = caches.get(connection);
            return new Kept(connection, cache == null ? add(connection) : cache);
        } catch (SQLException e) {
            throw new IllegalStateException("a pooled connection without SQLite", e);
        }
    }

    /** The pool replaces a connection seldom; those that it closed are left out then. */
    private StatementCache add(SQLiteConnection connection) throws SQLException {
        var cache = new StatementCache();
        synchronized (caches) {
            for (var known = caches.keySet().iterator(); known.hasNext();) {
                if (known.next().isClosed()) {
                    known.remove();
                }
            }
            caches.put(connection, cache);
        }
        return cache;
    }

    /** What one caller sees of a connection's statements. */
    private record Kept(SQLiteConnection connection, StatementCache cache) implements StatementBuilder {

        @Override
        public Statement create(Connection pooled, StatementContext context) throws SQLException {
            return cache.create(connection, context);
        }

        @Override
        public PreparedStatement create(Connection pooled, String sql, StatementContext context) throws SQLException {
            return cache.create(connection, sql, context);
        }

        @Override
        public CallableStatement createCall(Connection pooled, String sql, StatementContext context) throws SQLException {
            return cache.createCall(connection, sql, context);
        }

        @Override
        public void close(Connection pooled, String sql, Statement statement) throws SQLException {
            cache.close(connection, sql, statement);
        }

        /** The caller is done with the connection; the next one goes on with its statements. */
        @Override
        public void close(Connection pooled) {}
    }
}
