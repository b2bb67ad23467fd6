package ollamaweb.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import ollamaweb.db.Storage.MigrationWork;
import ollamaweb.db.sqlite.SqliteFiles;
import ollamaweb.db.sqlite.Synchronous;
import ollamaweb.json.Texts;
import ollamaweb.json.Timestamps;
import ollamaweb.search.sqlite.SearchIndexer;
import ollamaweb.testing.Rows;

/** Fills a database with a year of conversations, straight into the file while no server runs. */
final class Seeder {

    private static final int USERS = 4;
    private static final int ONE_OF_OTHERS_IN = 20;
    private static final int MESSAGES_EACH = 100;
    private static final int[] SIZES = {40, 160, 100, 20, 180};
    private static final int CONVERSATIONS_A_COMMIT = 500;
    private static final Duration YEAR = Duration.ofDays(365);
    private static final Duration BETWEEN_MESSAGES = Duration.ofSeconds(40);
    private static final Instant BEGINNING = Instant.parse("2025-01-01T00:00:00Z");

    private final Random random = new Random(1);
    private final Words words = new Words(random);

    /** @return a folder with a database of that many messages, most of them the benchmark user's */
    static Path seed(Lab lab, int messages) throws IOException {
        var home = lab.newFolder();
        try (var server = lab.server(home)) {
            for (int i = 1; i < USERS; i++) {
                server.setUp(ServerProcess.KEY + "-" + i);
            }
        }
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + ServerProcess.database(home))) {
            new Seeder().fill(connection, messages / MESSAGES_EACH);
        } catch (SQLException e) {
            throw new IOException("cannot seed the database", e);
        }
        index(ServerProcess.database(home));
        return home;
    }

    /** What a server would do in the background, while others are measured. */
    private static void index(Path file) throws IOException {
        var indexer = new SearchIndexer();
        try (var database = SqliteFiles.open(file, Synchronous.NORMAL, MigrationWork.NONE)) {
            while (database.step(indexer::step)) {
                // until all messages can be found
            }
        }
    }

    private void fill(Connection connection, int conversations) throws SQLException {
        run(connection, "PRAGMA synchronous = OFF");
        connection.setAutoCommit(false);
        try (var conversation = connection.prepareStatement("""
                    INSERT INTO conversations (id, user_id, title, title_folded, model_name, created_at, updated_at)
                    VALUES (?, ?, ?, ?, 'llama3.2:1b', ?, ?)""");
                var message = connection.prepareStatement("""
                    INSERT INTO messages (conversation_id, role, content, tokens_used, created_at)
                    VALUES (?, ?, ?, ?, ?)""")) {
            for (int i = 0; i < conversations; i++) {
                insert(conversation, message, i, BEGINNING.plus(YEAR.multipliedBy(i).dividedBy(conversations)));
                if (i % CONVERSATIONS_A_COMMIT == 0) {
                    connection.commit();
                }
            }
            connection.commit();
        }
        for (var statement : Rows.PATHS) {
            run(connection, statement);
            connection.commit();
        }
        connection.setAutoCommit(true);
        run(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private void insert(PreparedStatement conversation, PreparedStatement message, int number, Instant begun) throws SQLException {
        int messages = SIZES[number % SIZES.length];
        var title = words.title();
        conversation.setLong(1, number + 1L);
        conversation.setLong(2, random.nextInt(ONE_OF_OTHERS_IN) == 0 ? 2 + random.nextInt(USERS - 1) : 1);
        conversation.setString(3, title);
        conversation.setString(4, Texts.fold(title));
        conversation.setString(5, Timestamps.format(begun));
        conversation.setString(6, Timestamps.format(begun.plus(BETWEEN_MESSAGES.multipliedBy(messages))));
        conversation.executeUpdate();
        for (int i = 0; i < messages; i++) {
            boolean question = i % 2 == 0;
            message.setLong(1, number + 1L);
            message.setString(2, question ? "user" : "assistant");
            message.setString(3, words.message());
            message.setObject(4, question ? null : 50);
            message.setString(5, Timestamps.format(begun.plus(BETWEEN_MESSAGES.multipliedBy(i))));
            message.addBatch();
        }
        message.executeBatch();
    }

    private static void run(Connection connection, String statement) throws SQLException {
        try (var running = connection.createStatement()) {
            running.execute(statement);
        }
    }
}
