package ollamaweb.transfer;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import ollamaweb.db.SingleConnection;
import ollamaweb.db.UnfinishedTransfer;

/** The table in a target that says where its rows come from, as long as not all of them are there. */
final class TransferMark {

    private final Connection connection;

    TransferMark(SingleConnection target) {
        this.connection = target.connection();
    }

    /** @return whether the target is not, or no longer, one to which rows are brought */
    boolean isNowhere() throws SQLException {
        return UnfinishedTransfer.source(connection).isEmpty();
    }

    /** @throws IOException if what is there came from elsewhere */
    void begin(String source) throws SQLException, IOException {
        var before = UnfinishedTransfer.source(connection);
        if (before.isPresent()) {
            if (!before.get().equals(source)) {
                throw new IOException("the target holds part of a transfer from " + before.get() + "; empty it first");
            }
            return;
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
}
