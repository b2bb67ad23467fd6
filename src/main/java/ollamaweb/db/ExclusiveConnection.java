package ollamaweb.db;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * The one connection to a database that no server has meanwhile.
 *
 * @param location the place of the data, without any password
 * @param lock     keeps servers off until it is closed
 */
public record ExclusiveConnection(Connection connection, Dialect dialect, String location, Lock lock) implements AutoCloseable {

    /** What keeps servers off a database. */
    @FunctionalInterface
    public interface Lock {
        void release() throws IOException;
    }

    @Override
    public void close() throws SQLException, IOException {
        try (connection) {
            lock.release();
        }
    }
}
