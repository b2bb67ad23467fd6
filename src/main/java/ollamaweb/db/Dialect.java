package ollamaweb.db;

import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;

/**
 * The words in which SQLite and PostgreSQL differ. A statement names one in angle brackets, {@code <instr>(title, :part)};
 * all else in the DAOs is SQL that both take. What needs more than a word has a class for each ({@code search}).
 */
public enum Dialect {

    SQLITE(Map.of(
            "instr", "instr",
            "skipLocked", "",
            "utf8", "CAST",
            "asUtf8", "AS BLOB",
            "json", "TEXT",
            "jsonb", "TEXT",
            "jsonElements", "json_each",
            "jsonArray", "json_group_array")),

    POSTGRESQL(Map.of(
            "instr", "strpos",
            "skipLocked", "FOR UPDATE SKIP LOCKED",
            "utf8", "convert_to",
            "asUtf8", ", 'UTF8'",
            "json", "json",
            "jsonb", "jsonb",
            "jsonElements", "jsonb_array_elements_text",
            "jsonArray", "json_agg"));

    /**
     * <ul>
     * <li>{@code <instr>(text, part)}: where the part begins in the text, from 1; 0 if it is not in it
     * <li>{@code <skipLocked>}, at the end of a query: its rows are taken for the transaction, those that others took left out
     * <li>{@code <utf8>(text <asUtf8>)}: the bytes of a text
     * <li>{@code CAST(:text AS <json>)}: a JSON text as it is put into a column
     * <li>{@code CAST(:text AS <jsonb>)}: a JSON text as {@code <jsonElements>} takes it
     * <li>{@code <jsonArray>(text)}: a JSON array of all values of the column, null or empty where there are no rows
     * <li>{@code <jsonElements>(array)}: a table whose column {@code value} has the texts of a JSON array
     * </ul>
     */
    @SuppressWarnings("ImmutableEnumChecker") // Map.of() is
    private final Map<String, String> words;

    Dialect(Map<String, String> words) {
        this.words = words;
    }

    /** Teaches the words to the statements of a Jdbi, and DAOs to it; how moments are kept is the database's own business. */
    public Jdbi on(Jdbi jdbi) {
        words.forEach(jdbi::define);
        return jdbi.installPlugin(new SqlObjectPlugin());
    }

    /** @return the folder in {@code sql/} that has its migrations */
    public String folder() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @return the statement in this dialect */
    public String sql(String statement) {
        var sql = statement;
        for (var word : words.entrySet()) {
            sql = sql.replace('<' + word.getKey() + '>', word.getValue());
        }
        return sql;
    }
}
