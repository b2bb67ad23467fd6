package ollamaweb.search;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Collectors;
import ollamaweb.json.Json;
import ollamaweb.testing.Client;
import ollamaweb.testing.Await;
import ollamaweb.testing.Rows;
import ollamaweb.testing.ServerProcess;
import ollamaweb.testing.SqliteOnly;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The search index is kept in steps, beside what people write. */
class IndexingTest {

    private static final String IMPORT = "/api/export/conversations/import";

    /** So many characters are indexed in dozens of steps. */
    private static final int LONG = 120_000;

    @RegisterExtension
    final TestApp app = new TestApp();

    @TempDir
    private Path folder;

    @Test
    @SqliteOnly
    void others_write_while_a_long_message_is_indexed() {
        var bob = app.as("bob");
        assertThat(app.as("ada").post(IMPORT, conversation(text(LONG)))).isOk();

        int writes = 0;
        for (; Rows.one(app.database(), "SELECT 1 FROM search_queue") != null; writes++) {
            bob.startsConversation("tiny");
        }

        assertThat(writes).isGreaterThan(5);
    }

    @Test
    void a_long_message_is_found_by_any_part_of_it() {
        var text = text(30_000);
        app.as("ada").post(IMPORT, conversation(text));
        app.awaitIndexed();

        for (int at : new int[] {0, 3_990, 3_999, 4_000, 4_001, 8_000, 29_990}) {
            var part = text.substring(at, at + 10);
            assertThat(app.as("ada").post("/api/chat/search", "{\"query\":" + Json.write(part) + "}").json()).as("at %d", at).hasSize(1);
        }
    }

    @Test
    @SqliteOnly
    void what_people_just_wrote_is_found_before_what_was_imported_by_the_thousand() {
        app.as("ada").post(IMPORT, conversation(text(340_000)));
        new MessageTable(app).add(app.as("bob").startsConversation("tiny"), "a quick fox", "2026-01-01T12:00:00.000Z");
        Await.await(() -> app.as("bob").post("/api/chat/search", "{\"query\":\"fox\"}").json().size() == 1, () -> "not found");

        assertThat(Rows.one(app.database(), "SELECT 1 FROM search_queue")).as("the import is still waiting").isEqualTo("1");
    }

    @Test
    @Tag("strain")
    void what_was_not_indexed_when_the_server_was_killed_is_found_after_the_next_start() throws Exception {
        var text = text(LONG) + " the last words";
        try (var server = ServerProcess.start(folder, app.ollama().url())) {
            assertThat(server.with(null).post("/api/auth/setup", "{\"api_key\":\"key-of-ada\"}")).isOk();
            assertThat(server.with("key-of-ada").post(IMPORT, conversation(text))).isOk();
            server.kill();
        }
        assertThat(Rows.one(folder.resolve("ollama_web.db"), "SELECT 1 FROM search_queue")).isEqualTo("1");

        try (var server = ServerProcess.start(folder, app.ollama().url())) {
            Await.await(Duration.ofMinutes(2), () -> finds(server.with("key-of-ada"), "the last words"), () -> "not found");
        }
    }

    @Test
    @SqliteOnly
    void a_message_that_is_deleted_while_it_is_indexed_leaves_nothing() {
        var ada = app.as("ada");
        long conversation = ada.post(IMPORT, conversation(text(LONG))).json().path("conversation_id").asLong();
        Await.await(() -> Rows.one(app.database(), "SELECT 1 FROM search_queue WHERE indexed > 0") != null, () -> "never began");

        assertThat(ada.delete("/api/conversations/" + conversation)).isOk();
        app.awaitPurged();

        assertThat(Rows.one(app.database(), "SELECT COUNT(*) FROM search_entries")).isEqualTo("0");
        assertThat(Rows.one(app.database(), "SELECT COUNT(*) FROM search_vocabulary")).isEqualTo("0");
    }

    private static boolean finds(Client client, String words) {
        return client.post("/api/chat/search", "{\"query\":\"" + words + "\"}").json().size() == 1;
    }

    private static String conversation(String message) {
        return "{\"model_name\":\"tiny\",\"messages\":[{\"role\":\"user\",\"content\":" + Json.write(message) + "}]}";
    }

    /** Hardly any three characters in a row come twice, which is the hardest for the index. */
    private static String text(int length) {
        return new Random(1).ints(length, 0x4e00, 0x9fa6).mapToObj(Character::toString).collect(Collectors.joining());
    }
}
