package ollamaweb;

import ollamaweb.db.Database;
import ollamaweb.search.MessageIndex;
import ollamaweb.search.postgresql.PostgresMessageIndex;
import ollamaweb.search.sqlite.SqliteMessageIndex;

/** Which index finds messages in which kind of database. */
final class MessageIndexes {

    private MessageIndexes() {}

    static MessageIndex of(Database database) {
        return switch (database.dialect()) {
            case SQLITE -> new SqliteMessageIndex();
            case POSTGRESQL -> new PostgresMessageIndex();
        };
    }
}
