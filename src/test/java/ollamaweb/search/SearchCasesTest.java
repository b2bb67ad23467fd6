package ollamaweb.search;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import ollamaweb.json.Json;
import ollamaweb.testing.Answer;
import ollamaweb.testing.Await;
import ollamaweb.testing.Client;
import ollamaweb.testing.PostgresServer;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One table of searches and what they find, on both kinds of database: the same messages in the same order. */
class SearchCasesTest {

    /** Who said what in which conversation, from the oldest to the newest; they are known by their numbers, from 1. */
    private static final List<String[]> SAID = List.of(
            said(1, "user", null, "The quick brown fox"),
            said(1, "assistant", "large", "A fox is quick; foxes are quicker"),
            said(1, "user", null, "brown bread, and no animals"),
            said(2, "user", null, "The fox said: \"quick brown\""),
            said(2, "assistant", "tiny", "snake_case is not a snake"),
            said(2, "system", null, "Straße und ÄRGER"),
            said(3, "user", null, "数学を学ぶ人は fox を見る"),
            said(3, "assistant", "tiny", "don't panic, 42 towels-and-tea"),
            said(3, "user", null, "thefoxes"),
            said(3, "assistant", "large", "fox ".repeat(40) + "bread"));

    /** Conversations of which the searches find nothing, so many that those of a filter are not looked through one by one. */
    private static final int OTHERS = 200;

    private static TestApp sqlite;
    private static TestApp postgres;
    private static String url;

    private static String[] said(int conversation, String role, String model, String content) {
        return new String[] {Integer.toString(conversation), role, model, content};
    }

    @BeforeAll
    static void the_same_on_both() throws Exception {
        url = PostgresServer.newDatabase();
        postgres = TestApp.started("DATABASE_URL", url, "SECRET_KEY", "k".repeat(32), "JWT_SECRET_KEY", "j".repeat(32));
        sqlite = TestApp.started();
        for (var client : clients()) {
            for (int conversation = 1; conversation <= 3; conversation++) {
                client.post("/api/export/conversations/import", document(conversation));
            }
            for (int i = 0; i < OTHERS; i++) {
                client.post("/api/export/conversations/import",
                        "{\"model_name\":\"tiny\",\"messages\":[{\"role\":\"user\",\"content\":\"zzz\"}]}");
            }
            awaitFound(client);
        }
    }

    /** The import gives ids in the order of the table. */
    private static String document(int conversation) {
        var messages = new ArrayList<String>();
        for (int i = 0; i < SAID.size(); i++) {
            var said = SAID.get(i);
            if (said[0].equals(Integer.toString(conversation))) {
                messages.add("{\"role\":\"%s\",\"model_name\":%s,\"content\":%s,\"created_at\":\"2026-03-%02dT12:00:00Z\"}"
                        .formatted(said[1], Json.write(said[2]), Json.write(said[3]), i + 1));
            }
        }
        return "{\"model_name\":\"tiny\",\"tags\":[\"c%d\"],\"messages\":[%s]}".formatted(conversation, String.join(",", messages));
    }

    private static void awaitFound(Client client) {
        Await.await(Duration.ofMinutes(1), () -> {
            client.post("/api/config/save", "{}");
            return client.post("/api/chat/search", "{\"query\":\"e\"}").json().size() == 9
                    && client.post("/api/chat/search", "{\"query\":\"bread\"}").json().size() == 2
                    && client.post("/api/chat/search", "{\"query\":\"zzz\"}").json().size() == 50;
        }, () -> client.post("/api/chat/search", "{\"query\":\"e\"}").body());
    }

    @AfterAll
    static void stop() throws Exception {
        sqlite.close();
        postgres.close();
        PostgresServer.drop(url);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '\0', value = {
            "fox; 10 7 4 2 1", "quick fox; 4 2 1", "FOX Quick; 4 2 1", "\"quick brown\"; 4 1", "\"brown quick\"; ''",
            "fox -quick; 10 7", "fox -\"quick brown\"; 10 7 2", "-quick fox -bread; 7", "brown -fox; 3",
            "snake; 5", "snake_case; 5", "strasse ärger; 6", "学; 7", "数学 fox; 7", "見る -数学; ''",
            "foxes; 2", "don't; 8", "towels tea; 8", "42; 8", "a fox; 2", "the; 4 1", "\"fox; 10 7 4 2 1", "fox - fox; 10 7 4 2 1",
            "nothing fox; ''", "ox; ''", "fo; ''", "read; ''", "oxes; ''", "kfox; ''", "\"ick brown\"; ''", "own and; ''",
            "fox -fox; ''", "\"quick brown\" -quick; ''", "quick -quicker; 4 1", "quick quick; 4 2 1", "\" fox \"; 10 7 4 2 1", "o; ''"})
    void words_and_phrases_all_have_to_be_there(String query, String expected) {
        finds(expected, query, "\"mode\":\"words\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
            "\"role\":\"user\"; 9 7 4 1", "\"role\":\"assistant\"; 10 2", "\"role\":\"tool\"; ''",
            "\"model_name\":\"large\"; 10 2", "\"model_name\":\"tiny\"; 9 7 4 1", "\"tag\":\"c2\"; 4", "\"tag\":\"none\"; ''",
            "\"after\":\"2026-03-04\"; 10 9 7 4", "\"after\":\"2026-03-04T12:00:00Z\"; 10 9 7 4",
            "\"after\":\"2026-03-04T12:00:00.001Z\"; 10 9 7", "\"before\":\"2026-03-04T12:00:00Z\"; 2 1",
            "\"before\":\"2026-03-05\"; 4 2 1", "\"after\":\"2026-03-02\",\"before\":\"2026-03-08\"; 7 4 2",
            "\"role\":\"user\",\"tag\":\"c1\",\"mode\":\"words\"; 1", "\"conversation_id\":3,\"role\":\"user\"; 9 7",
            "\"conversation_id\":3,\"before\":\"2026-03-10\",\"cursor\":\"\"; 9 7", "\"cursor\":\"\"; 10 9 7 4 2 1"})
    void filters_leave_out_the_rest(String filter, String expected) {
        finds(expected, "fox", filter);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"mode\":\"words\"", ",\"role\":\"user\"", ",\"conversation_id\":3"})
    void pages_follow_each_other_without_a_gap(String filter) {
        for (var client : clients()) {
            var whole = numbers(search(client, "fox", "\"cursor\":\"\"" + filter).path("items"));
            var pages = new ArrayList<Long>();
            var cursor = "";
            int count = 0;
            while (cursor != null) {
                var page = search(client, "fox", "\"limit\":2,\"cursor\":\"" + cursor + "\"" + filter);
                pages.addAll(numbers(page.path("items")));
                assertThat(page.path("items").size()).isLessThanOrEqualTo(2);
                cursor = page.path("next_cursor").textValue();
                count++;
            }
            assertThat(pages).isEqualTo(whole);
            assertThat(count).isEqualTo((whole.size() + 1) / 2);
        }
    }

    @Test
    void without_a_new_field_the_answer_is_a_plain_list() {
        for (var client : clients()) {
            assertThat(client.post("/api/chat/search", "{\"query\":\"fox\",\"limit\":2,\"conversation_id\":1}").json().isArray()).isTrue();
            assertThat(search(client, "fox", "\"limit\":50,\"cursor\":\"\"").path("next_cursor").isNull()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '\0', value = {
            "\"mode\":\"regex\"; body.mode", "\"role\":\"nobody\"; body.role", "\"model_name\":\"\"; body.model_name",
            "\"tag\":\"\"; body.tag", "\"after\":\"yesterday\"; body.after", "\"before\":5; body.before", "\"cursor\":\"x\"; body.cursor",
            "\"cursor\":\"1.\"; body.cursor", "\"cursor\":5; body.cursor"})
    void what_makes_no_sense_is_refused(String field, String name) {
        var ada = clients().get(0);

        assertThat(ada.post("/api/chat/search", "{\"query\":\"fox\"," + field + "}")).isInvalid(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-fox", "\"", "- -", " ", "-\"a b\" -c"})
    void words_have_to_ask_for_something(String query) {
        assertThat(clients().get(0).post("/api/chat/search", "{\"mode\":\"words\",\"query\":" + Json.write(query) + "}"))
                .isInvalid("body.query");
    }

    @Test
    void what_is_syntax_elsewhere_is_text() {
        for (var query : List.of("fox*", "NEAR(fox)", "fox OR dog", "%", "a_b", "\\", "'; DROP", "(fox)", "col:x", "^fox")) {
            for (var client : clients()) {
                assertThat(client.post("/api/chat/search", "{\"mode\":\"words\",\"query\":" + Json.write(query) + "}")).isOk();
            }
        }
    }

    private static void finds(String expected, String query, String fields) {
        var numbers = expected.equals("''") || expected.isEmpty()
                ? List.<Long>of()
                : Arrays.stream(expected.split(" ")).map(Long::valueOf).toList();
        for (var client : clients()) {
            assertThat(numbers(search(client, query, fields).path("items"))).isEqualTo(numbers);
        }
    }

    private static List<Client> clients() {
        return List.of(sqlite.as("ada"), postgres.as("ada"));
    }

    private static JsonNode search(Client client, String query, String fields) {
        Answer answer = client.post("/api/chat/search", "{\"query\":" + Json.write(query) + "," + fields + "}");
        assertThat(answer).isOk();
        return answer.json();
    }

    private static List<Long> numbers(JsonNode items) {
        return StreamSupport.stream(items.spliterator(), false).map(hit -> hit.path("message_id").asLong()).toList();
    }
}
