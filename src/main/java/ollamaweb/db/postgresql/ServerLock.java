package ollamaweb.db.postgresql;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a second server off a database, as long as servers take each other's answers in the making for lost ones. An
 * advisory lock of a connection of its own, which ends with the process; one that breaks is not made again.
 */
final class ServerLock implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ServerLock.class);
    private static final long LOCK = 0x6f6c6c616d62L;
    private static final String LOCK_TIMEOUT_OF_A_RESTART = "SET lock_timeout = '5s'";
    private static final String LOCK_TIMEOUT_STATE = "55P03";

    private final Connection connection;

    private ServerLock(Connection connection) {
        this.connection = connection;
    }

    /** @throws IOException if another server has the database, or it cannot be reached */
    static ServerLock take(PostgresConnections connections) throws IOException {
        try {
            var connection = connections.single();
            try (var statement = connection.createStatement()) {
                statement.execute(LOCK_TIMEOUT_OF_A_RESTART);
                statement.execute("SELECT pg_advisory_lock(" + LOCK + ")");
                return new ServerLock(connection);
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw LOCK_TIMEOUT_STATE.equals(e.getSQLState())
                    ? new IOException("DATABASE_URL: another ollama-web uses this database", e)
                    : StartFailure.of(e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            log.debug("The lock's connection is broken already", e);
        }
    }
}
