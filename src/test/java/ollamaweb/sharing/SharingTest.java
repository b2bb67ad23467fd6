package ollamaweb.sharing;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import ollamaweb.testing.Client;
import ollamaweb.testing.Rows;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Links by which anybody reads a conversation, as it was or live. */
class SharingTest {

    @RegisterExtension
    static final TestApp app = new TestApp();

    private static int people;

    private Client ada;
    private Client anybody;
    private long id;

    @BeforeEach
    void a_conversation_with_two_answers() {
        app.ollama().model("tiny", say("an answer"));
        ada = app.as("ada" + ++people);
        anybody = app.anonymous();
        id = ada.post("/api/conversations", "{\"model_name\":\"tiny\",\"title\":\"Bread <b>\",\"system_prompt\":\"private\"}").id();
        ask("first");
        ask("second & <script>");
    }

    @Test
    void whoever_has_the_link_reads_the_messages_and_nothing_else() {
        var shared = anybody.get("/api/shares/" + share("{}"));

        assertThat(shared).isOk();
        assertThat(texts(shared.json())).containsExactly("first", "an answer", "second & <script>", "an answer");
        assertThat(shared.json().path("title").asText()).isEqualTo("Bread <b>");
        assertThat(shared.body()).doesNotContain("private", "user_id", "\"id\"", "conversation_id", "favorite");
    }

    @Test
    void a_snapshot_stays_as_it_was_and_a_live_one_goes_on() {
        var snapshot = share("{}");
        var live = share("{\"live\":true}");
        ask("third");
        ada.put("/api/conversations/" + id, "{\"title\":\"Other\"}");

        assertThat(texts(anybody.get("/api/shares/" + snapshot).json())).hasSize(4);
        assertThat(anybody.get("/api/shares/" + snapshot).json().path("title").asText()).isEqualTo("Bread <b>");
        assertThat(texts(anybody.get("/api/shares/" + live).json())).hasSize(6);
        assertThat(anybody.get("/api/shares/" + live).json().path("title").asText()).isEqualTo("Other");
    }

    @Test
    void what_is_deleted_is_gone_from_a_snapshot_too() {
        var token = share("{}");
        var second = ada.messages(id).path(2).path("id").asLong();

        ada.delete("/api/messages/" + second);

        assertThat(texts(anybody.get("/api/shares/" + token).json())).containsExactly("first", "an answer");
        ada.delete("/api/messages/" + ada.messages(id).path(0).path("id").asLong());
        assertThat(texts(anybody.get("/api/shares/" + token).json())).isEmpty();
    }

    @Test
    void revoked_expired_unknown_trashed_and_deleted_are_the_same_404() {
        var revoked = share("{}");
        var expired = share("{\"expires_at\":\"" + app.clock().instant().plusSeconds(60) + "\"}");
        var kept = share("{}");
        assertThat(anybody.get("/api/shares/" + expired)).isOk();
        app.clock().advance(Duration.ofMinutes(2));
        long shareId = ada.get("/api/conversations/" + id + "/shares").json().path("shares").path(0).path("id").asLong();
        assertThat(ada.delete("/api/conversations/" + id + "/shares/" + shareId)).isOk();

        for (var token : List.of(revoked, expired, "unknown")) {
            isGone(token);
        }
        ada.post("/api/conversations/" + id + "/trash", "");
        isGone(kept);
        ada.post("/api/trash/" + id + "/restore", "");
        assertThat(anybody.get("/api/shares/" + kept)).isOk();
        ada.delete("/api/conversations/" + id);
        isGone(kept);
    }

    @Test
    void a_copy_is_ones_own() {
        var token = share("{}");
        var bob = app.as("bob");

        var copy = bob.post("/api/shares/" + token + "/copy", "");

        assertThat(copy).hasStatus(201);
        assertThat(copy.json().path("title").asText()).isEqualTo("Bread <b>");
        assertThat(copy.json().path("system_prompt").isNull()).isTrue();
        assertThat(bob.messages(copy.id())).hasSize(4);
        assertThat(anybody.post("/api/shares/" + token + "/copy", "")).hasStatus(401);
    }

    @Test
    void only_the_owner_makes_sees_and_ends_links() {
        var token = share("{}");
        var bob = app.as("bob");
        long shareId = ada.get("/api/conversations/" + id + "/shares").json().path("shares").path(0).path("id").asLong();

        assertThat(bob.post("/api/conversations/" + id + "/shares", "{}")).isError(404, "Conversation not found");
        assertThat(bob.get("/api/conversations/" + id + "/shares")).isError(404, "Conversation not found");
        assertThat(bob.delete("/api/conversations/" + id + "/shares/" + shareId)).isError(404, "Share not found");
        assertThat(anybody.get("/api/shares/" + token)).isOk();
        assertThat(ada.get("/api/conversations/" + id + "/shares").body()).doesNotContain(token);
        assertThat(Rows.one(app.database(), "SELECT token_digest FROM shares WHERE id = " + shareId)).doesNotContain(token);
    }

    @Test
    void the_list_tells_what_is_shared() {
        share("{\"expires_at\":\"" + app.clock().instant().plusSeconds(3600) + "\"}");
        long other = ada.startsConversation("tiny");

        assertThat(ids("?shared=true")).containsExactly(id);
        assertThat(ids("?shared=false")).containsExactly(other);
        app.clock().advance(Duration.ofHours(2));
        assertThat(ids("?shared=true")).isEmpty();
        assertThat(ada.post("/api/conversations/" + id + "/shares", "{\"expires_at\":\"2020-01-01T00:00:00Z\"}"))
                .isInvalid("body.expires_at");
    }

    private void isGone(String token) {
        assertThat(anybody.get("/api/shares/" + token)).isError(404, "Share not found");
        assertThat(app.as("bob").post("/api/shares/" + token + "/copy", "")).isError(404, "Share not found");
    }

    private String share(String draft) {
        var share = ada.post("/api/conversations/" + id + "/shares", draft);
        assertThat(share).hasStatus(201);
        assertThat(share.json().path("url").asText()).isEqualTo("/share/" + share.json().path("token").asText());
        return share.json().path("token").asText();
    }

    private void ask(String message) {
        assertThat(ada.post("/api/chat/stream", "{\"message\":\"" + message + "\",\"conversation_id\":" + id + ",\"stream\":false}"))
                .isOk();
    }

    private List<Long> ids(String query) {
        return ada.get("/api/conversations" + query).json().path("conversations").findValues("id").stream().map(JsonNode::asLong).toList();
    }

    private static List<String> texts(JsonNode shared) {
        return shared.path("messages").findValuesAsText("content");
    }
}
