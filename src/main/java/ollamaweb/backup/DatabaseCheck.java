package ollamaweb.backup;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import ollamaweb.crypto.Sha256;
import ollamaweb.db.CompressedText;
import ollamaweb.db.Dialect;
import ollamaweb.db.SingleConnection;

/** Whether a database is whole: all of it can be read, what belongs together is together, and files are what was uploaded. */
final class DatabaseCheck {

    private static final int MOST_FINDINGS = 10;

    private final Connection connection;
    private final Dialect dialect;
    private final List<String> findings = new ArrayList<>();

    private DatabaseCheck(SingleConnection database) {
        this.connection = database.connection();
        this.dialect = database.dialect();
    }

    /**
     * @return what was found in how many conversations and messages, for the console
     * @throws IOException  if something is wrong; the message is one line that says what
     * @throws SQLException if it cannot be read
     */
    static String of(SingleConnection database) throws IOException, SQLException {
        var check = new DatabaseCheck(database);
        database.connection().setAutoCommit(false);
        try {
            if (check.dialect == Dialect.SQLITE) {
                check.pages();
                check.compressedTexts();
            } else {
                check.rows();
            }
            check.files();
            if (!check.findings.isEmpty()) {
                throw new IOException(database.location() + " is damaged: " + String.join("; ", check.findings));
            }
            return String.format(Locale.ROOT, "%,d accounts, %,d conversations, %,d messages, %,d files", check.count("users"),
                    check.count("conversations"),
                    check.count("messages"), check.exists("files") ? check.count("files") : 0);
        } finally {
            database.connection().rollback();
        }
    }

    /** SQLite reads all of them, and compares indexes with tables. */
    private void pages() throws SQLException {
        each("PRAGMA integrity_check(" + MOST_FINDINGS + ")", row -> {
            if (!row.getString(1).equals("ok")) {
                findings.add(row.getString(1));
            }
        });
        each("PRAGMA foreign_key_check",
                row -> find("row " + row.getLong(2) + " of " + row.getString(1) + " belongs to none of " + row.getString(3)));
    }

    private void compressedTexts() throws SQLException {
        for (var column : List.of("content", "thinking")) {
            if (hasColumn("messages", column)) { // older schemas have fewer
                each("SELECT id, " + column + " FROM messages WHERE typeof(" + column + ") = 'blob'", row -> {
                    try {
                        CompressedText.text(row.getBytes(2));
                    } catch (SQLDataException e) {
                        find("the text of message " + row.getLong(1) + " cannot be read");
                    }
                });
            }
        }
    }

    /** PostgreSQL compares the sums of pages while it reads them, where it was set up to keep sums. */
    private void rows() throws SQLException {
        var tables = new ArrayList<String>();
        each("SELECT quote_ident(table_name) FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'",
                row -> tables.add(row.getString(1)));
        for (var table : tables) {
            each("SELECT COUNT(*), SUM(length(t::text)) FROM " + table + " t", row -> {});
        }
    }

    private void files() throws SQLException {
        if (!exists("files")) {
            return; // older schemas have none
        }
        var digest = Sha256.newDigest();
        long[] current = {0};
        var expected = new String[1];
        each("""
                SELECT f.id, f.sha256, p.bytes
                  FROM files f
                  LEFT JOIN file_pieces p ON p.file_id = f.id
                 WHERE f.user_id IS NOT NULL
                 ORDER BY f.id, p.number""", row -> {
            if (row.getLong(1) != current[0]) {
                compare(current[0], expected[0], HexFormat.of().formatHex(digest.digest()));
                current[0] = row.getLong(1);
                expected[0] = row.getString(2);
            }
            var piece = row.getBytes(3);
            if (piece != null) { // one without bytes has no pieces
                digest.update(piece);
            }
        });
        compare(current[0], expected[0], HexFormat.of().formatHex(digest.digest()));
    }

    private void compare(long file, String expected, String found) {
        if (expected != null && !expected.equals(found)) {
            find("file " + file + " is not what was uploaded");
        }
    }

    private void find(String finding) {
        if (findings.size() < MOST_FINDINGS) {
            findings.add(finding);
        }
    }

    private boolean exists(String table) throws SQLException {
        try (var tables = connection.getMetaData().getTables(null, connection.getSchema(), table, new String[] {"TABLE"})) {
            return tables.next();
        }
    }

    private boolean hasColumn(String table, String column) throws SQLException {
        try (var columns = connection.getMetaData().getColumns(null, connection.getSchema(), table, column)) {
            return columns.next();
        }
    }

    private long count(String table) throws SQLException {
        long[] count = {0};
        each("SELECT COUNT(*) FROM " + table, row -> count[0] = row.getLong(1));
        return count[0];
    }

    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    private void each(String query, RowReader reader) throws SQLException {
        try (var statement = connection.createStatement(); var rows = statement.executeQuery(query)) {
            while (rows.next()) {
                reader.read(rows);
            }
        }
    }
}
