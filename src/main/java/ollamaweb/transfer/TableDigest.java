package ollamaweb.transfer;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.HexFormat;
import ollamaweb.crypto.Sha256;
import ollamaweb.db.SingleConnection;

/**
 * What a table holds, in short: equal for two tables if and only if all their rows are.
 *
 * @param sha256 of all values of all rows, in the order of their keys, in hexadecimal
 */
record TableDigest(long rows, String sha256) {

    static TableDigest of(Columns columns, SingleConnection database, Progress progress) throws SQLException {
        var digest = Sha256.newDigest();
        long count = 0;
        try (var rows = Rows.all(columns, database)) {
            for (var row = rows.next(); row != null; row = rows.next()) {
                for (int i = 0; i < row.length; i++) {
                    add(digest, columns.all().get(i), row[i]);
                }
                count++;
                progress.add(1);
            }
        }
        return new TableDigest(count, HexFormat.of().formatHex(digest.digest()));
    }

    /** The length goes first, so that no value can look like two. */
    private static void add(MessageDigest digest, Columns.Column column, Object value) {
        var bytes = column.type().canonical(value).getBytes(StandardCharsets.UTF_8);
        digest.update((value == null ? "-" : bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        if (value != null) {
            digest.update(bytes);
        }
    }
}
