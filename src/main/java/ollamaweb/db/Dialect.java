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

    SQLITE(Map.ofEntries(
            Map.entry("instr", "instr"),
            Map.entry("skipLocked", ""),
            Map.entry("json", "TEXT"),
            Map.entry("jsonb", "TEXT"),
            Map.entry("jsonElements", "json_each"),
            Map.entry("jsonArray", "json_group_array"),
            Map.entry("plain", "plain_text"),
            Map.entry("contentBytes", bytes("m.content")),
            Map.entry("thinkingBytes", bytes("coalesce(m.thinking, '')")),
            Map.entry("textPiece", "CASE typeof(text) WHEN 'blob' THEN compressed_piece(text, :from, :size)"
                    + " ELSE substr(CAST(text AS BLOB), :from + 1, :size) END"))),

    POSTGRESQL(Map.ofEntries(
            Map.entry("instr", "strpos"),
            Map.entry("skipLocked", "FOR UPDATE SKIP LOCKED"),
            Map.entry("json", "json"),
            Map.entry("jsonb", "jsonb"),
            Map.entry("jsonElements", "jsonb_array_elements_text"),
            Map.entry("jsonArray", "json_agg"),
            Map.entry("plain", ""),
            Map.entry("contentBytes", "octet_length(m.content)"),
            Map.entry("thinkingBytes", "coalesce(octet_length(m.thinking), 0)"),
            Map.entry("textPiece", "substr(convert_to(text, 'UTF8'), CAST(:from + 1 AS INTEGER), :size)")));

    /**
     * <ul>
     * <li>{@code <instr>(text, part)}: where the part begins in the text, from 1; 0 if it is not in it
     * <li>{@code <skipLocked>}, at the end of a query: its rows are taken for the transaction, those that others took left out
     * <li>{@code CAST(:text AS <json>)}: a JSON text as it is put into a column
     * <li>{@code CAST(:text AS <jsonb>)}: a JSON text as {@code <jsonElements>} takes it
     * <li>{@code <jsonArray>(text)}: a JSON array of all values of the column, null or empty where there are no rows
     * <li>{@code <plain>(text)}: a text of a message as it is, where statements look into it; {@link CompressedText} tells how it is
     * kept. What is only read needs no word
     * <li>{@code <contentBytes>}, {@code <thinkingBytes>}: how long a text of the message {@code m} is, as UTF-8; 0 where there is none
     * <li>{@code <textPiece>}: of the column {@code text}, which is one of a message, {@code :size} bytes of its UTF-8 from
     * {@code :from} on, counted from 0
     * <li>{@code <jsonElements>(array)}: a table whose column {@code value} has the texts of a JSON array
     * </ul>
     */
    @SuppressWarnings("ImmutableEnumChecker") // Map.ofEntries() is
    private final Map<String, String> words;

    Dialect(Map<String, String> words) {
        this.words = words;
    }

    /** A compressed text says how long it is. */
    private static String bytes(String text) {
        return "CASE typeof(" + text + ") WHEN 'blob' THEN CAST(substr(" + text + ", 2, 10) AS INTEGER) ELSE octet_length(" + text
                + ") END";
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
