package ollamaweb.conversations;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import ollamaweb.testing.Await;
import ollamaweb.testing.Client;
import ollamaweb.testing.Gate;
import ollamaweb.testing.Script;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Conversations that are thrown away: out of sight, and there again when they are taken out. */
class TrashTest {

    @RegisterExtension
    static final TestApp app = new TestApp();

    private static int people;

    private Client ada;
    private long id;
    private long answer;

    @BeforeEach
    void a_conversation_with_a_favorite() {
        app.ollama().model("tiny", say("marzipan"));
        ada = app.as("ada" + ++people);
        var said = ada.post("/api/chat/stream", "{\"message\":\"potatoes\",\"model_name\":\"tiny\",\"stream\":false}").json();
        id = said.path("conversation_id").asLong();
        answer = said.path("message_id").asLong();
        ada.put("/api/messages/" + answer + "/favorite", "");
        app.awaitIndexed();
    }

    @Test
    void in_the_trash_nothing_is_found_listed_exported_or_asked() {
        assertThat(ada.post("/api/conversations/" + id + "/trash", "")).isOk();

        for (var path : List.of("/api/conversations/" + id, "/api/export/conversations/" + id + "/json",
                "/api/export/conversations/" + id + "/markdown")) {
            assertThat(ada.get(path)).isError(404, "Conversation not found");
        }
        assertThat(ada.put("/api/conversations/" + id, "{\"title\":\"x\"}")).hasStatus(404);
        assertThat(ada.delete("/api/conversations/" + id)).hasStatus(404);
        assertThat(ada.post("/api/conversations/" + id + "/fork", "{}")).hasStatus(404);
        assertThat(ada.post("/api/conversations/" + id + "/trash", "")).hasStatus(404);
        assertThat(ada.post("/api/chat/stream", "{\"message\":\"Hi\",\"conversation_id\":" + id + "}")).hasStatus(404);
        assertThat(ada.post("/api/chat/search", "{\"query\":\"Hi\",\"conversation_id\":" + id + "}")).hasStatus(404);
        assertThat(ada.put("/api/messages/" + answer + "/reaction", "{\"reaction\":\"👍\"}")).hasStatus(404);
        assertThat(ada.get("/api/messages/" + answer + "/context")).hasStatus(404);
        assertThat(ada.get("/api/chat/stream/" + answer)).hasStatus(404);
        assertThat(total("/api/conversations")).isZero();
        assertThat(total("/api/messages/favorites")).isZero();
        assertThat(ada.post("/api/chat/search", "{\"query\":\"marzipan\"}").json()).isEmpty();
    }

    @Test
    void the_trash_shows_what_is_in_it() {
        long other = ada.startsConversation("tiny");
        throwAway(id);
        throwAway(other);

        assertThat(ids("/api/trash")).containsExactly(other, id);
        assertThat(ids("/api/trash?page_size=1&page=2")).containsExactly(id);
        var shown = ada.get("/api/trash/" + id).json();
        assertThat(shown.path("messages").findValuesAsText("content")).containsExactly("potatoes", "marzipan");
        assertThat(shown.path("trashed_at").asText()).isNotEmpty();
        assertThat(app.as("bob").get("/api/trash").json().path("total").asInt()).isZero();
    }

    @Test
    void what_is_restored_is_as_it_was() {
        ada.put("/api/conversations/" + id, "{\"tags\":[\"food\"]}");
        var before = ada.get("/api/conversations/" + id).body();
        throwAway(id);

        var restored = ada.post("/api/trash/" + id + "/restore", "");

        assertThat(restored).isOk();
        assertThat(restored.json().has("trashed_at")).isFalse();
        assertThat(ada.get("/api/conversations/" + id).body()).isEqualTo(before);
        assertThat(ada.post("/api/chat/search", "{\"query\":\"marzipan\"}").json()).hasSize(1);
        assertThat(total("/api/messages/favorites")).isEqualTo(1);
        assertThat(ada.get("/api/trash/" + id)).isError(404, "Conversation not found");
        assertThat(ada.post("/api/trash/" + id + "/restore", "")).isError(404, "Conversation not found");
        assertThat(ada.delete("/api/trash/" + id)).isError(404, "Conversation not found");
    }

    @Test
    void an_answer_in_the_making_is_whole_when_the_conversation_comes_back() {
        var gate = new Gate();
        app.ollama().model("slow", say("one ").then(Script.hold(gate), say("two")));
        try (var stream = ada.ask("{\"message\":\"Hi\",\"conversation_id\":" + id + ",\"model_name\":\"slow\"}")) {
            stream.next("message_created");
            stream.next("token");
            throwAway(id);
            gate.open();
        }
        Await.await(Duration.ofSeconds(20), () -> ada.get("/api/trash/" + id).body().contains("one two"), () -> "no answer");
    }

    @Test
    void what_is_deleted_from_the_trash_is_gone() {
        long other = ada.startsConversation("tiny");
        throwAway(id);
        throwAway(other);

        assertThat(ada.delete("/api/trash/" + other)).isOk();
        assertThat(ids("/api/trash")).containsExactly(id);
        assertThat(ada.delete("/api/trash").json().path("deleted").asInt()).isEqualTo(1);
        assertThat(ids("/api/trash")).isEmpty();
        assertThat(ada.delete("/api/trash").json().path("deleted").asInt()).isZero();
        assertThat(ada.post("/api/trash/" + id + "/restore", "")).hasStatus(404);
    }

    @Test
    void a_batch_throws_away_restores_and_deletes() {
        long other = ada.startsConversation("tiny");

        batch("trash", id, other);
        assertThat(ids("/api/trash")).containsExactlyInAnyOrder(id, other);
        batch("restore", id);
        assertThat(ids("/api/conversations")).containsExactly(id);
        batch("delete", id, other);
        assertThat(ids("/api/trash")).isEmpty();
        assertThat(ids("/api/conversations")).isEmpty();
    }

    @Test
    void after_thirty_days_it_goes_by_itself() throws Exception {
        try (var server = TestApp.started()) {
            var eve = server.as("eve");
            long old = eve.startsConversation("tiny");
            eve.post("/api/conversations/" + old + "/trash", "");
            server.clock().advance(Duration.ofDays(29));
            long young = eve.startsConversation("tiny");
            eve.post("/api/conversations/" + young + "/trash", "");

            server.clock().advance(Duration.ofDays(1).plusHours(1));

            Await.await(Duration.ofSeconds(30), () -> {
                eve.post("/api/config/save", "{}");
                return eve.get("/api/trash/" + old).status() == 404;
            }, () -> "still there");
            assertThat(eve.get("/api/trash/" + young)).isOk();
        }
    }

    private void batch(String action, Long... ids) {
        var answer = ada.post("/api/conversations/batch", "{\"ids\":" + List.of(ids) + ",\"action\":\"" + action + "\"}");
        assertThat(answer.json().path("failed")).isEmpty();
    }

    private void throwAway(long conversation) {
        assertThat(ada.post("/api/conversations/" + conversation + "/trash", "")).isOk();
    }

    private int total(String path) {
        return ada.get(path).json().path("total").asInt();
    }

    private List<Long> ids(String path) {
        return ada.get(path).json().path("conversations").findValues("id").stream().map(JsonNode::asLong).toList();
    }
}
