package ollamaweb.transfer;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import ollamaweb.db.Dialect;
import ollamaweb.db.SingleConnection;

/**
 * Brings all data of one database into another one of the other kind: rows in batches, in constant memory, then a second look
 * at both that compares how many rows each table has and what is in them. One that broke off is continued by starting it again.
 */
public final class Transfer {

    private final SingleConnection source;
    private final SingleConnection target;
    private final PrintStream out;
    private final boolean isTerminal;

    /**
     * @param target of the other kind, with the same schema and no rows in it, or with what a transfer from the same source brought
     * @param out    where to say how it goes on
     */
    public Transfer(SingleConnection source, SingleConnection target, PrintStream out, boolean isTerminal) {
        this.source = source;
        this.target = target;
        this.out = out;
        this.isTerminal = isTerminal;
    }

    /**
     * @throws IOException  if the source is empty, or the target is not, or not the same as the source afterwards; the message is one line
     * @throws SQLException if either database fails; what has arrived stays for a continuation
     */
    public void run() throws IOException, SQLException {
        if (source.dialect() == target.dialect()) {
            throw new IOException("migrate --to goes from SQLite to PostgreSQL, or back");
        }
        source.connection().setAutoCommit(false);
        if (source.dialect() == Dialect.POSTGRESQL) {
            source.connection().setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        }
        target.connection().setAutoCommit(false);
        var tables = new ArrayList<Columns>();
        for (var table : TransferTable.ALL) {
            var columns = Columns.of(postgres().connection(), table);
            if (!columns.all().isEmpty()) { // older schemas have fewer tables
                tables.add(columns);
            }
        }
        if (Rows.count(tables.get(0), source) == 0) {
            throw new IOException("there are no accounts in " + source.location());
        }
        var mark = new TransferMark(target);
        if (mark.isNowhere() && !isEmpty(tables)) {
            requireAllThere(tables);
            return;
        }
        mark.begin(source.location());
        target.connection().commit();
        copy(tables);
        compare(tables);
        for (var columns : tables) {
            if (columns.hasId()) {
                IdSequence.carry(columns.table(), source, target);
            }
        }
        mark.end();
        target.connection().commit();
        source.connection().rollback();
        if (target.dialect() == Dialect.POSTGRESQL) {
            vacuum();
        }
    }

    /** Otherwise the first searches would be planned as for empty tables, until PostgreSQL does this by itself. */
    private void vacuum() throws SQLException {
        target.connection().setAutoCommit(true);
        try (var statement = target.connection().createStatement()) {
            statement.execute("VACUUM (ANALYZE)");
        }
    }

    private boolean isEmpty(List<Columns> tables) throws SQLException {
        for (var columns : tables) {
            if (Rows.lastKey(columns, target) != null) {
                return false;
            }
        }
        return true;
    }

    /** As after one that was killed when it had done everything, and could not say so. */
    private void requireAllThere(List<Columns> tables) throws SQLException, IOException {
        for (var columns : tables) {
            var progress = new Progress(out, isTerminal, columns.table(), "rows", 2 * Rows.count(columns, source));
            if (!TableDigest.of(columns, source, progress).equals(TableDigest.of(columns, target, progress))) {
                progress.end("not the same");
                throw new IOException("the target is not empty, and its " + columns.table() + " are not those of " + source.location());
            }
            progress.end("there already, the same");
        }
    }

    private void copy(List<Columns> tables) throws SQLException {
        for (var columns : tables) {
            long left = Rows.count(columns, source) - Rows.count(columns, target);
            var progress = new Progress(out, isTerminal, columns.table(), "rows", left);
            new TableCopy(source, target, columns).rows(progress);
            progress.end(String.format(Locale.ROOT, "%,d rows copied", left));
        }
        for (var columns : tables) {
            if (!columns.later().isEmpty()) {
                var progress = new Progress(out, isTerminal, columns.table() + ", links", "rows", Rows.count(columns, source));
                new TableCopy(source, target, columns).later(progress);
                progress.end("done");
            }
        }
    }

    private void compare(List<Columns> tables) throws SQLException, IOException {
        out.println("Comparing both:");
        var different = new ArrayList<String>();
        for (var columns : tables) {
            var progress = new Progress(out, isTerminal, columns.table(), "rows", 2 * Rows.count(columns, source));
            var from = TableDigest.of(columns, source, progress);
            var to = TableDigest.of(columns, target, progress);
            boolean same = from.equals(to);
            progress.end(String.format(Locale.ROOT, "%,d rows, SHA-256 %s, %s", to.rows(), to.sha256(),
                    same ? "the same" : String.format(Locale.ROOT, "not %,d rows, SHA-256 %s", from.rows(), from.sha256())));
            if (!same) {
                different.add(columns.table());
            }
        }
        if (!different.isEmpty()) {
            throw new IOException("the copy differs from its source in " + String.join(", ", different)
                    + ": the source has changed since the transfer began; empty the target and start again");
        }
    }

    private SingleConnection postgres() {
        return source.dialect() == Dialect.POSTGRESQL ? source : target;
    }
}
