package ollamaweb.export;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ollamaweb.testing.Concurrently;
import ollamaweb.testing.Rows;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A large import goes in steps, and shows up all or nothing. */
class ImportStepsTest {

    private static final String IMPORT = "/api/export/conversations/import";
    private static final String STAGED = "SELECT 1 FROM conversations WHERE user_id IS NULL LIMIT 1";

    @RegisterExtension
    final TestApp app = new TestApp();

    @Test
    void an_import_is_seen_by_nobody_before_it_is_whole_and_others_write_meanwhile() {
        var ada = app.as("ada");
        var bob = app.as("bob");
        var importing = Concurrently.supply(() -> ada.post(IMPORT, conversation(1000, 12_000)));

        int writes = 0;
        while (!importing.isDone()) {
            boolean isUnderWay = Rows.one(app.database(), STAGED) != null;
            bob.startsConversation("tiny");
            writes += isUnderWay && Rows.one(app.database(), STAGED) != null ? 1 : 0;
            for (var seen : ada.get("/api/conversations").json().path("conversations")) {
                assertThat(seen.path("message_count").asInt()).isEqualTo(1000);
            }
        }

        assertThat(importing.join()).isOk();
        assertThat(ada.get("/api/conversations").json().path("total").asInt()).isEqualTo(1);
        assertThat(writes).as("writes while it was under way").isPositive();
        assertThat(Rows.one(app.database(), STAGED)).isNull();
        assertThat(Rows.one(app.database(), "SELECT 1 FROM conversation_imports")).isNull();
    }

    @Test
    void what_a_killed_server_had_imported_in_part_is_deleted_after_the_next_start() {
        app.as("ada").startsConversation("tiny");
        Rows.changeAtOnce(
                app.database(),
                "INSERT INTO conversations (id, title, model_name) VALUES (7, 'half', 'tiny')",
                "INSERT INTO conversation_imports (conversation_id, server_id) VALUES (7, 1)",
                "INSERT INTO messages (conversation_id, role, content) VALUES (7, 'user', 'half an import')");
        app.awaitIndexed();
        assertThat(app.as("ada").get("/api/conversations/7")).isError(404, "Conversation not found");
        assertThat(Rows.one(app.database(), "SELECT 1 FROM messages")).as("it may still be under way").isEqualTo("1");

        app.restart();
        app.as("ada");
        app.awaitPurged();

        assertThat(Rows.one(app.database(), "SELECT 1 FROM messages")).isNull();
        assertThat(Rows.one(app.database(), "SELECT COUNT(*) FROM conversations")).isEqualTo("1");
    }

    @Test
    void what_fails_in_the_middle_leaves_no_rows() {
        app.as("ada");
        Rows.refuse(app.database(), "INSERT ON messages", "NEW.content LIKE 'Message 700 %'");

        assertThat(app.as("ada").post(IMPORT, conversation(1000, 100))).hasStatus(500);

        app.awaitPurged();
        assertThat(Rows.one(app.database(), "SELECT COUNT(*) FROM conversations")).isEqualTo("0");
        assertThat(Rows.one(app.database(), "SELECT COUNT(*) FROM messages")).isEqualTo("0");
    }

    private static String conversation(int messages, int length) {
        var list = IntStream.range(0, messages)
                .mapToObj(i -> "{\"role\":\"user\",\"content\":\"Message " + i + " " + "word ".repeat(length / 5) + "\"}")
                .collect(Collectors.joining(","));
        return "{\"model_name\":\"tiny\",\"messages\":[" + list + "]}";
    }
}
