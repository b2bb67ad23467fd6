package ollamaweb.transfer;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import ollamaweb.db.SingleConnection;
import ollamaweb.db.UnfinishedTransfer;

/** The table in a target that says where its rows come from, as long as not all of them are there. */
final class TransferMark {

    private final Connection connection;

    TransferMark(SingleConnection target) {
        this.connection = target.connection();
    }

    /** @throws IOException if there are rows that came from elsewhere */
    void begin(String source, List<Columns> tables) throws SQLException, IOException {
        var before = UnfinishedTransfer.source(connection);
        if (before.isPresent()) {
            if (!before.get().equals(source)) {
                throw new IOException("the target holds part of a transfer from " + before.get() + "; empty it first");
            }
            return;
        }
        for (var columns : tables) {
            requireEmpty(columns.table());
        }
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE " + UnfinishedTransfer.TABLE + " (source TEXT NOT NULL)");
        }
        try (var statement = connection.prepareStatement("INSERT INTO " + UnfinishedTransfer.TABLE + " (source) VALUES (?)")) {
            statement.setString(1, source);
            statement.executeUpdate();
        }
    }

    void end() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("DROP TABLE " + UnfinishedTransfer.TABLE);
        }
    }

    private void requireEmpty(String table) throws SQLException, IOException {
        try (var statement = connection.createStatement(); var rows = statement.executeQuery("SELECT 1 FROM " + table + " LIMIT 1")) {
            if (rows.next()) {
                throw new IOException("the target is not empty: it has rows in " + table);
            }
        }
    }
}
