package ollamaweb.db.sqlite;

import java.lang.ref.SoftReference;
import java.sql.Connection;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.util.Arrays;
import ollamaweb.db.CompressedText;
import org.sqlite.Function;
import org.sqlite.core.Codes;

/**
 * What statements read compressed texts with. The schema does without these functions, so that other programs can open the file
 * and change it.
 */
final class TextFunctions {

    private TextFunctions() {}

    /** Teaches them to a connection, with which they end. */
    static void addTo(Connection connection) throws SQLException {
        Function.create(connection, "plain_text", new PlainText(), 1, Function.FLAG_DETERMINISTIC);
        Function.create(connection, "readable_text", new ReadableText(), 1, Function.FLAG_DETERMINISTIC);
        Function.create(connection, "compressed_piece", new CompressedPiece(), 3, Function.FLAG_DETERMINISTIC);
    }

    /** {@code plain_text(text)}: the text, compressed or not; null for null. */
    private static final class PlainText extends Function {

        @Override
        protected void xFunc() throws SQLException {
            switch (value_type(0)) {
                case Codes.SQLITE_NULL -> result();
                case Codes.SQLITE_BLOB -> result(CompressedText.text(value_blob(0)));
                default -> result(value_text(0));
            }
        }
    }

    /** {@code readable_text(text)}: a compressed text, or null where it is damaged, which must not stop whoever reads them all. */
    private static final class ReadableText extends Function {

        @SuppressWarnings("ArrayRecordComponent") // never compared
        private record Known(byte[] compressed, String text) {}

        /** Who reads a long text piece by piece asks for the same one again and again. */
        private SoftReference<Known> last = new SoftReference<>(null);

        @Override
        protected void xFunc() throws SQLException {
            var compressed = value_blob(0);
            try {
                var known = last.get();
                if (known == null || !Arrays.equals(known.compressed(), compressed)) {
                    known = new Known(compressed, CompressedText.text(compressed));
                    last = new SoftReference<>(known);
                }
                result(known.text());
            } catch (SQLDataException damaged) {
                result();
            }
        }
    }

    /** {@code compressed_piece(text, from, size)}: the bytes of a compressed text from one on, which is counted from 0. */
    private static final class CompressedPiece extends Function {

        @Override
        protected void xFunc() throws SQLException {
            result(CompressedText.piece(value_blob(0), value_long(1), value_int(2)));
        }
    }
}
