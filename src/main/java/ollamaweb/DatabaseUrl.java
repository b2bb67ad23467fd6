package ollamaweb;

import java.nio.file.Path;
import ollamaweb.db.Secrets;
import ollamaweb.db.Storage;
import ollamaweb.db.postgresql.PostgresStorage;
import ollamaweb.db.postgresql.PostgresUrl;
import ollamaweb.db.sqlite.SqliteStorage;
import ollamaweb.db.sqlite.Synchronous;

/** The forms that {@code DATABASE_URL} may have, and which kind of database each one names. */
final class DatabaseUrl {

    private static final String SQLITE = "sqlite:///";
    private static final String SQLITE_JDBC = "jdbc:sqlite:";

    private DatabaseUrl() {}

    /**
     * @param synchronous what an SQLite file flushes
     * @param poolSize    how many connections to PostgreSQL there are at most
     * @param secrets     the ones that were set
     * @throws IllegalArgumentException if it has none of the forms; the message says which there are
     */
    static Storage storage(String url, Synchronous synchronous, int poolSize, Secrets secrets) {
        if (url.startsWith(SQLITE_JDBC)) {
            return new SqliteStorage(file(url.substring(SQLITE_JDBC.length())), synchronous, secrets);
        }
        if (url.startsWith(SQLITE)) {
            return new SqliteStorage(file(url.substring(SQLITE.length())), synchronous, secrets);
        }
        if (PostgresUrl.isOne(url)) {
            return new PostgresStorage(PostgresUrl.parse(url), poolSize, secrets);
        }
        throw new IllegalArgumentException("must look like sqlite:///./ollama_web.db or postgresql://user:password@host:5432/name");
    }

    private static Path file(String path) {
        if (path.isBlank() || path.startsWith(":memory:") || path.contains("?")) {
            throw new IllegalArgumentException("must name a file");
        }
        return Path.of(path);
    }
}
