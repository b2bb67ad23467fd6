package ollamaweb.search.postgresql;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import ollamaweb.json.Json;
import ollamaweb.json.Texts;
import ollamaweb.testing.Client;
import ollamaweb.testing.Await;
import ollamaweb.testing.PostgresServer;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches on PostgreSQL among more messages than are looked through one by one. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresSearchTest {

    private static final int MANY = 5000;
    private static final int LIMIT = 50;
    private static final List<String> WORDS = List.of("Garden", "straße", "100%", "a_b", "c:\\temp", "[x] => {y}", "量子コンピュータ", "İstanbul",
            "cafe\u0301", "the", "of", "zu", "?!", "O'Brien");
    private static final String RARE = "Quokka";
    private static final String RARE_AND_SHORT = "zqЖ🦊🐍!\njx?";

    private final List<String> contents = new ArrayList<>();
    private String url;
    private TestApp app;
    private Client ada;
    private Client bob;

    @BeforeAll
    void start() throws Exception {
        url = PostgresServer.newDatabase();
        app = TestApp.started("DATABASE_URL", url, "SECRET_KEY", "k".repeat(32), "JWT_SECRET_KEY", "j".repeat(32));
        ada = app.as("ada");
        bob = app.as("bob");
        var random = new Random(1);
        IntStream.range(0, MANY)
                .forEach(i -> contents.add((i == 7 ? RARE + " " + RARE_AND_SHORT + " " : "") + "message " + i + " "
                        + WORDS.get(random.nextInt(WORDS.size())) + " " + WORDS.get(random.nextInt(3))));
        fill(ada.startsConversation("tiny"), contents);
        fill(bob.startsConversation("tiny"), List.of(RARE + " of bob"));
        awaitIndexed();
    }

    @AfterAll
    void stop() throws Exception {
        app.close();
        PostgresServer.drop(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"quokka", "GARDEN", "STRASSE", "100%", "%", "_", "a_b", "a%b", "\\t", "[X]", "=>", "量子", "子コン", "istanbul",
            "CAFÉ", "the", "of",
            "z", "?!", "o'b", "message 7 ", "message 4999", "nowhere at all", "%%", "e 12",
            "ZQ", "qж", "Ж", "🦊", "🦊🐍", "🐍!", "!\n", "\nj", "jx?", "zx"})
    void it_finds_what_reading_all_messages_finds_and_the_newest_first(String query) {
        var folded = Texts.fold(query);
        var expected = IntStream.iterate(MANY - 1, i -> i >= 0, i -> i - 1).mapToObj(contents::get)
                .filter(content -> Texts.fold(content).contains(folded)).limit(LIMIT).toList();

        assertThat(found(ada, query)).containsExactlyElementsOf(expected);
    }

    /** Each is separated from others by what is neither a letter nor a digit. */
    @ParameterizedTest
    @ValueSource(strings = {"quokka", "garden", "gard", "strasse", "message", "essage", "7", "the", "zu", "b", "brien", "o'brien", "a_b",
            "temp",
            "message 12 garden", "istanbul", "café", "nowhere"})
    void it_finds_the_messages_with_whole_words(String query) {
        var wanted = Stream.of(query.split(" ")).map(word -> Pattern.compile("(?<![\\p{L}\\p{N}\\p{M}_])" + Pattern.quote(Texts.fold(word))
                + "(?![\\p{L}\\p{N}\\p{M}_])")).toList();
        var expected = IntStream.iterate(MANY - 1, i -> i >= 0, i -> i - 1).mapToObj(contents::get)
                .filter(content -> wanted.stream().allMatch(word -> word.matcher(Texts.fold(content)).find())).limit(LIMIT).toList();

        assertThat(found(ada, query, ",\"mode\":\"words\"")).containsExactlyElementsOf(expected);
    }

    @Test
    void words_of_different_parts_of_a_text_are_found_together() throws Exception {
        var dora = app.as("dora");
        fill(dora.startsConversation("tiny"), List.of("alpha " + "filler ".repeat(30_000) + "omega"));
        fill(dora.startsConversation("tiny"), contents);
        awaitIndexed();

        assertThat(found(dora, "omega alpha", ",\"mode\":\"words\"")).hasSize(1);
        assertThat(found(dora, "omega beta", ",\"mode\":\"words\"")).isEmpty();
    }

    @Test
    void what_is_deleted_or_changed_is_not_found_any_more_and_what_it_has_become_is() throws Exception {
        var carol = app.as("carol");
        long conversation = carol.startsConversation("tiny");
        fill(conversation, contents);
        awaitIndexed();
        assertThat(found(carol, RARE)).hasSize(1);

        try (var connection = PostgresServer.connect(url)) {
            run(connection, "UPDATE messages SET content = 'a wombat' WHERE content LIKE 'Quokka %' AND conversation_id = "
                    + conversation);
        }
        awaitIndexed();
        assertThat(found(carol, RARE)).isEmpty();
        assertThat(found(carol, "wombat")).containsExactly("a wombat");

        assertThat(carol.delete("/api/conversations/" + conversation)).isOk();
        assertThat(found(carol, "wombat")).isEmpty();
        assertThat(found(carol, "the")).isEmpty();
        assertThat(found(bob, RARE)).containsExactly(RARE + " of bob");
    }

    @Test
    void a_text_of_several_parts_is_found_once_by_any_part_of_it() throws Exception {
        var text =
                new Random(2).ints(250_000, 'a', 'z' + 1).mapToObj(Character::toString).reduce(new StringBuilder(), StringBuilder::append,
                        StringBuilder::append).toString();
        var carl = app.as("carl");
        fill(carl.startsConversation("tiny"), List.of(text));
        awaitIndexed();

        for (int at : new int[] {0, 99_990, 99_999, 100_000, 101_995, 199_995, 249_980}) {
            assertThat(found(carl, text.substring(at, at + 20))).as("at %d", at).hasSize(1);
        }
        assertThat(found(carl, text.substring(99_800, 100_300))).hasSize(1);
    }

    private static List<String> found(Client who, String query) {
        return found(who, query, "");
    }

    private static List<String> found(Client who, String query, String more) {
        var answer = who.post("/api/chat/search", "{\"query\":" + Json.write(query) + more + "}");
        assertThat(answer).isOk();
        var hits = more.isEmpty() ? answer.json() : answer.json().path("items");
        return StreamSupport.stream(hits.spliterator(), false).map(hit -> hit.path("content").asText()).toList();
    }

    private void fill(long conversation, List<String> texts) throws Exception {
        try (var connection = PostgresServer.connect(url);
                var insert = connection.prepareStatement("INSERT INTO messages (conversation_id, role, content) VALUES (?, 'user', ?)")) {
            connection.setAutoCommit(false);
            for (var text : texts) {
                insert.setLong(1, conversation);
                insert.setString(2, text);
                insert.addBatch();
            }
            insert.executeBatch();
            connection.commit();
        }
        ada.post("/api/config/save", "{}");
    }

    private void awaitIndexed() throws Exception {
        try (var connection = PostgresServer.connect(url); var statement = connection.createStatement()) {
            Await.await(Duration.ofMinutes(1), () -> {
                try (var rows = statement.executeQuery("SELECT 1 FROM search_queue")) {
                    return !rows.next();
                } catch (SQLException e) {
                    throw new AssertionError(e);
                }
            }, () -> "still rows in search_queue");
        }
    }

    private static void run(Connection connection, String sql) throws Exception {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
