package ollamaweb.db;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * The one connection that a command has to a database.
 *
 * @param location the place of the data, without any password
 * @param lock     keeps servers off until it is closed, where the command needs the database for itself
 */
public record SingleConnection(Connection connection, Dialect dialect, String location, Lock lock) implements AutoCloseable {

    /** What keeps servers off a database. */
    @FunctionalInterface
    public interface Lock {

        /** Keeps nobody off. */
        Lock NONE = () -> {};

        void release() throws IOException;
    }

    @Override
    public void close() throws SQLException, IOException {
        try (connection) {
            lock.release();
        }
    }
}
