package ollamaweb.conversations;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import okhttp3.Request;
import okio.Okio;
import ollamaweb.testing.Answer;
import ollamaweb.testing.Client;
import ollamaweb.testing.RawClient;
import ollamaweb.testing.Rows;
import ollamaweb.testing.ScriptedOllama;
import ollamaweb.testing.ServerProcess;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conversations with more messages, or larger ones, than fit into one answer or into memory. */
class LongConversationTest {

    @RegisterExtension
    final TestApp app = new TestApp();

    @TempDir
    private Path folder;

    @BeforeEach
    void startConversation() {
        app.as("ada").startsConversation("llama3.2");
    }

    @Test
    void the_newest_thousand_messages_are_shown_oldest_first_and_the_others_by_paging_back() {
        fill(app.database(), 2300, "'m' || value");
        var ada = app.as("ada");

        var newest = ada.get("/api/conversations/1");
        var older = ada.get("/api/conversations/1?before=1301");
        var oldest = ada.get("/api/conversations/1?before=301&limit=1000");
        var few = ada.get("/api/conversations/1?before=301&limit=2");

        assertThat(ids(newest)).isEqualTo(range(1301, 2300));
        assertThat(newest.json().path("has_more").asBoolean()).isTrue();
        assertThat(newest.json().path("message_count").asInt()).isEqualTo(2300);
        assertThat(ids(older)).isEqualTo(range(301, 1300));
        assertThat(older.json().path("has_more").asBoolean()).isTrue();
        assertThat(ids(oldest)).isEqualTo(range(1, 300));
        assertThat(oldest.json().path("has_more").isBoolean()).isTrue();
        assertThat(oldest.json().path("has_more").asBoolean()).isFalse();
        assertThat(ids(few)).containsExactly(299L, 300L);
        assertThat(few.json().path("has_more").asBoolean()).isTrue();
    }

    @Test
    void a_change_of_the_conversation_answers_with_the_same_page() {
        fill(app.database(), 1001, "'m' || value");
        var ada = app.as("ada");

        var changed = ada.put("/api/conversations/1", "{\"title\":\"Long\"}");

        assertThat(ids(changed)).isEqualTo(range(2, 1001));
        assertThat(changed.json().path("has_more").asBoolean()).isTrue();
        assertThat(changed.json().path("title").asText()).isEqualTo("Long");
    }

    @ParameterizedTest
    @CsvSource({"limit=0, query.limit", "limit=1001, query.limit", "limit=x, query.limit", "before=x, query.before"})
    void a_page_that_is_none_is_refused(String query, String field) {
        assertThat(app.as("ada").get("/api/conversations/1?" + query)).isInvalid(field);
    }

    @Test
    void a_message_of_any_size_and_any_letters_is_shown_whole() {
        fill(app.database(), 4, "CASE value WHEN 2 THEN replace(printf('%.*c', 700001, 'x'), 'x', 'ä€\uD83D\uDE00\"\n')"
                + " ELSE 'm' || value END");

        var messages = app.as("ada").messages(1);

        assertThat(messages).hasSize(4);
        assertThat(messages.get(1).path("content").asText()).isEqualTo("ä€\uD83D\uDE00\"\n".repeat(700_001));
        assertThat(messages.get(3).path("content").asText()).isEqualTo("m4");
    }

    @Test
    @Tag("strain")
    void a_giant_answer_of_an_older_database_breaks_nothing_in_a_small_heap() throws Exception {
        try (var ollama = ScriptedOllama.start(); var server = ServerProcess.start(folder, ollama.url())) {
            assertThat(server.with(null).post("/api/auth/setup", "{\"api_key\":\"key-of-ada\"}")).isOk();
            var ada = server.with("key-of-ada");
            ada.startsConversation("llama3.2");
            fill(folder.resolve("ollama_web.db"), 2, "CASE value WHEN 2 THEN printf('%.*c', 120000000, 'x') ELSE 'm' END");

            try (var response = ada.call(uncompressed(ada, "/api/conversations/1")).execute()) {
                assertThat(response.code()).isEqualTo(200);
                assertThat(response.body().source().readAll(Okio.blackhole())).isGreaterThan(120_000_000);
            }
            try (var end = ada.open(ada.request("/api/chat/stream/2?last_event_id=119990000").build())) {
                var text = new StringBuilder();
                end.rest().forEach(event -> text.append(event.json().path("content").asText()));
                assertThat(text).hasToString("x".repeat(10_000));
            }
            assertThat(ada.get("/api/config/get")).isOk();
        }
    }

    @Test
    @Tag("strain")
    void many_readers_of_a_large_conversation_fit_into_a_small_heap() throws Exception {
        try (var ollama = ScriptedOllama.start(); var server = ServerProcess.start(folder, ollama.url())) {
            assertThat(server.with(null).post("/api/auth/setup", "{\"api_key\":\"key-of-ada\"}")).isOk();
            var ada = server.with("key-of-ada");
            ada.startsConversation("llama3.2");
            fill(folder.resolve("ollama_web.db"), 1000, "CASE WHEN value % 100 = 0 THEN printf('%.*c', 500000, 'ä')"
                    + " ELSE printf('%.*c', 5000, 'x') END");
            var readers = new ArrayList<CompletableFuture<Integer>>();
            for (int i = 0; i < 36; i++) {
                readers.add(CompletableFuture.supplyAsync(() -> {
                    try (var response = ada.call(uncompressed(ada, "/api/conversations/1")).execute()) {
                        assertThat(response.body().source().readAll(Okio.blackhole())).isGreaterThan(15_000_000);
                        return response.code();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }, task -> new Thread(task).start()));
            }

            assertThat(readers).allSatisfy(reader -> assertThat(reader.get()).isEqualTo(200));
            assertThat(ada.get("/api/config/get")).isOk();
        }
    }

    @Test
    @Tag("strain")
    void clients_that_do_not_read_a_large_conversation_hold_no_thread_and_little_memory() throws Exception {
        var clients = new ArrayList<RawClient>();
        try (var ollama = ScriptedOllama.start(); var server = ServerProcess.start(folder, ollama.url())) {
            assertThat(server.with(null).post("/api/auth/setup", "{\"api_key\":\"key-of-ada\"}")).isOk();
            var ada = server.with("key-of-ada");
            ada.startsConversation("llama3.2");
            fill(folder.resolve("ollama_web.db"), 1000, "printf('%.*c', 15000, 'x')");
            for (int i = 0; i < 260; i++) {
                var client = new RawClient(server.port());
                clients.add(client);
                client.send("GET /api/conversations/1 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer key-of-ada\r\n\r\n");
            }

            try (var impatient = new RawClient(server.port(), Duration.ofSeconds(15))) {
                assertThat(impatient.send("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n").status()).isEqualTo(200);
            }
            var statuses = new ArrayList<Integer>();
            for (var client : clients) {
                statuses.add(client.status());
            }
            assertThat(statuses).containsOnly(200, 503);
            assertThat(Files.readString(folder.resolve("logs/app.log"))).doesNotContain("OutOfMemoryError").doesNotContain(" 500 ");
        } finally {
            for (var client : clients) {
                client.close();
            }
        }
    }

    /** Compressed, such a text would come as a few bytes at the very end. */
    private static Request uncompressed(Client client, String path) {
        return client.request(path).header("Accept-Encoding", "identity").build();
    }

    /** @param content an SQL expression that may name {@code value}, the number of the message */
    private static void fill(Path database, int messages, String content) {
        Rows.dropTriggers(database, "messages");
        Rows.change(database, """
                WITH RECURSIVE numbers (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM numbers WHERE value < %d)
                INSERT INTO messages (conversation_id, role, content, status, created_at)
                SELECT 1, CASE value %% 2 WHEN 1 THEN 'user' ELSE 'assistant' END, %s, 'complete', '2026-01-01T00:00:00.000Z'
                  FROM numbers""".formatted(messages, content));
        Rows.joinPaths(database);
    }

    private static List<Long> ids(Answer answer) {
        assertThat(answer).isOk();
        return StreamSupport.stream(answer.json().path("messages").spliterator(), false).map(message -> message.path("id").asLong())
                .toList();
    }

    private static List<Long> range(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }
}
