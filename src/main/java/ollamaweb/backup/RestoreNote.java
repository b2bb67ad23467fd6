package ollamaweb.backup;

import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import ollamaweb.db.Dialect;
import ollamaweb.db.SingleConnection;
import ollamaweb.json.Timestamps;

/** Tells the audit log of a database that it came out of a backup. */
final class RestoreNote {

    private static final String INSERT = """
            INSERT INTO audit_entries (action, detail, address, network, created_at)
            VALUES ('backup_restored', ?, 'console', 'console', ?)""";

    private RestoreNote() {}

    /**
     * @param backup what the backup says of itself
     * @throws SQLException if it cannot be written; nothing is where the schema is older than the log
     */
    static void write(SingleConnection database, String backup, Instant now) throws SQLException {
        try (var table = database.connection().getMetaData().getTables(null, null, "audit_entries", null)) {
            if (!table.next()) {
                return;
            }
        }
        try (var insert = database.connection().prepareStatement(INSERT)) {
            insert.setString(1, backup);
            if (database.dialect() == Dialect.SQLITE) {
                insert.setString(2, Timestamps.format(now));
            } else {
                insert.setObject(2, now.atOffset(ZoneOffset.UTC));
            }
            insert.executeUpdate();
        }
    }
}
