package ollamaweb.db;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** A database into which another one is being copied; no server may have it before all rows are there. */
public final class UnfinishedTransfer {

    /** The table that a database has as long as it is so. */
    public static final String TABLE = "unfinished_transfer";

    private UnfinishedTransfer() {}

    /** @return where the rows come from; empty if the database is nobody's target */
    public static Optional<String> source(Connection connection) throws SQLException {
        try (var tables = connection.getMetaData().getTables(null, connection.getSchema(), TABLE, new String[] {"TABLE"})) {
            if (!tables.next()) {
                return Optional.empty();
            }
        }
        try (var statement = connection.createStatement(); var row = statement.executeQuery("SELECT source FROM " + TABLE)) {
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        }
    }

    /** @throws IOException if not all of it is there yet; the message is one line for the console */
    public static void refuse(Connection connection) throws SQLException, IOException {
        var source = source(connection);
        if (source.isPresent()) {
            throw new IOException("the database holds only part of what is in " + source.get()
                    + ": run migrate --to again, or restore if that is a backup");
        }
    }
}
