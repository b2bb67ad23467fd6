package ollamaweb.members;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Await.await;
import static ollamaweb.testing.Script.hold;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import ollamaweb.testing.Answer;
import ollamaweb.testing.Client;
import ollamaweb.testing.Event;
import ollamaweb.testing.Gate;
import ollamaweb.testing.SignedInUser;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Conversations that several people read and write. */
@Timeout(60)
class MemberApiTest {

    @RegisterExtension
    static final TestApp app = new TestApp();

    private Client ada;
    private Client wanda;
    private Client rita;
    private long conversation;

    @BeforeEach
    void conversationOfThree() {
        app.ollama().model("tiny", say("Hello"));
        ada = app.as("ada");
        wanda = app.as("wanda");
        rita = app.as("rita");
        conversation = ask(ada, null, "Why does bread rise?").path("conversation_id").asLong();
        join(wanda, "writer");
        join(rita, "reader");
    }

    @Test
    void a_member_finds_the_conversation_in_the_own_list_with_the_own_role() {
        assertThat(listed(ada).path("role").asText()).isEqualTo("owner");
        assertThat(listed(wanda).path("role").asText()).isEqualTo("writer");
        assertThat(listed(rita).path("role").asText()).isEqualTo("reader");
        assertThat(listed(app.as("bob"))).isNull();
        assertThat(rita.get(path("")).json().path("role").asText()).isEqualTo("reader");
        assertThat(rita.get(path("")).json().path("user_id").asLong()).isEqualTo(id(ada));
    }

    @Test
    void all_who_see_a_conversation_see_who_else_does() {
        var members = rita.get(path("/members")).json().path("members");

        assertThat(members.findValuesAsText("role")).containsExactly("owner", "writer", "reader");
        assertThat(members.findValuesAsText("user_id")).containsExactly(text(id(ada)), text(id(wanda)), text(id(rita)));
    }

    @Test
    void somebody_is_invited_by_an_address_whatever_its_case() {
        var name = "m" + UUID.randomUUID().toString().substring(0, 8);
        var newcomer = SignedInUser.registers(app, name);
        var email = newcomer.client().get("/api/v1/users/me").json().at("/data/email").asText();

        var added = ada.post(path("/members"), "{\"email\":\"" + email.toUpperCase(Locale.ROOT) + "\",\"role\":\"reader\"}");

        assertThat(added).hasStatus(201);
        assertThat(newcomer.client().get(path(""))).isOk();
        assertThat(ada.post(path("/members"), "{\"email\":\"nobody@example.org\",\"role\":\"reader\"}")).isError(404, "User not found");
        assertThat(ada.post(path("/members"), "{\"user_id\":999999,\"role\":\"reader\"}")).isError(404, "User not found");
    }

    @Test
    void whoever_is_in_it_cannot_be_invited_again() {
        assertThat(ada.post(path("/members"), "{\"user_id\":" + id(rita) + ",\"role\":\"writer\"}"))
                .isError(409, "This user is a member already");
        assertThat(ada.post(path("/members"), "{\"user_id\":" + id(ada) + ",\"role\":\"writer\"}"))
                .isError(409, "The owner of a conversation cannot be a member of it");
    }

    @Test
    void an_invitation_says_whom_and_as_what() {
        assertThat(ada.post(path("/members"), "{\"role\":\"reader\"}")).hasStatus(422);
        assertThat(ada.post(path("/members"), "{\"user_id\":1,\"email\":\"a@example.org\",\"role\":\"reader\"}")).hasStatus(422);
        assertThat(ada.post(path("/members"), "{\"user_id\":" + id(app.as("bob")) + ",\"role\":\"owner\"}")).hasStatus(422);
        assertThat(ada.patch(path("/members/" + id(rita)), "{}")).hasStatus(422);
    }

    @Test
    void a_writer_asks_and_a_reader_does_not() {
        var said = ask(wanda, conversation, "And why does it fall?");

        assertThat(said.path("content").asText()).isEqualTo("Hello");
        assertThat(rita.post("/api/chat/stream", "{\"conversation_id\":" + conversation + ",\"message\":\"Hi\"}"))
                .isError(403, "You may read this conversation, but not write in it");
        var messages = rita.messages(conversation);
        assertThat(messages.findValuesAsText("author_id"))
                .containsExactly(text(id(ada)), text(id(ada)), text(id(wanda)), text(id(wanda)));
    }

    @Test
    void what_a_member_asks_counts_for_the_member() {
        long before = answers(ada);

        ask(wanda, conversation, "And why does it fall?");

        assertThat(answers(ada)).isEqualTo(before);
        assertThat(wanda.get("/api/usage?group_by=conversation").json().path("items").findValuesAsText("conversation_id"))
                .contains(text(conversation));
    }

    @Test
    void a_role_can_change() {
        assertThat(ada.patch(path("/members/" + id(rita)), "{\"role\":\"writer\"}")).isOk();

        assertThat(ask(rita, conversation, "Hi").path("content").asText()).isEqualTo("Hello");
    }

    @Test
    void writers_change_what_all_see_and_readers_only_their_own_order() {
        assertThat(wanda.put(path(""), "{\"title\":\"Bread\",\"system_prompt\":\"Be brief\"}")).isOk();
        assertThat(rita.put(path(""), "{\"title\":\"Cake\"}")).hasStatus(403);

        assertThat(rita.put(path(""), "{\"pinned\":true,\"tags\":[\"baking\"]}")).isOk();

        assertThat(listed(rita).path("pinned").asBoolean()).isTrue();
        assertThat(listed(rita).path("tags").toString()).isEqualTo("[\"baking\"]");
        assertThat(listed(ada).path("pinned").asBoolean()).isFalse();
        assertThat(listed(ada).path("tags")).isEmpty();
        assertThat(listed(ada).path("title").asText()).isEqualTo("Bread");
        assertThat(rita.put(path(""), "{\"archived\":true}")).isOk();
        assertThat(listed(rita)).isNull();
        assertThat(rita.get("/api/conversations?archived=true").json().path("conversations").findValuesAsText("id"))
                .contains(text(conversation));
        assertThat(listed(ada)).isNotNull();
    }

    @Test
    void favorites_are_ones_own_and_reactions_everybodys() {
        long answer = ada.messages(conversation).get(1).path("id").asLong();

        assertThat(rita.put("/api/messages/" + answer + "/favorite", "{}")).isOk();
        assertThat(wanda.put("/api/messages/" + answer + "/reaction", "{\"reaction\":\"👍\"}")).isOk();

        assertThat(rita.messages(conversation).get(1).path("favorite").asBoolean()).isTrue();
        assertThat(ada.messages(conversation).get(1).path("favorite").asBoolean()).isFalse();
        assertThat(ada.messages(conversation).get(1).path("reaction").asText()).isEqualTo("👍");
        assertThat(rita.get("/api/messages/favorites").json().path("messages").findValuesAsText("id")).contains(text(answer));
        assertThat(ada.delete(path("/members/" + id(rita)))).isOk();
        assertThat(rita.get("/api/messages/favorites").json().path("messages").findValuesAsText("id")).doesNotContain(text(answer));
    }

    @Test
    void a_member_may_leave_and_be_invited_again() {
        assertThat(rita.delete(path("/members/" + id(rita)))).isOk();

        assertThat(rita.get(path(""))).isError(404, "Conversation not found");
        assertThat(listed(rita)).isNull();
        join(rita, "reader");
        assertThat(rita.get(path(""))).isOk();
    }

    @Test
    void the_trash_hides_a_conversation_from_its_members_and_restoring_shows_it() {
        assertThat(ada.post(path("/trash"), "")).isOk();

        assertThat(wanda.get(path(""))).hasStatus(404);
        assertThat(listed(wanda)).isNull();
        assertThat(wanda.get("/api/trash").json().path("conversations").findValuesAsText("id")).doesNotContain(text(conversation));
        assertThat(ada.post("/api/trash/" + conversation + "/restore", "")).isOk();
        assertThat(wanda.get(path(""))).isOk();
    }

    @Test
    void a_deleted_account_is_a_member_of_nothing_and_its_conversations_have_no_readers() {
        var newcomer = SignedInUser.registers(app, "m" + UUID.randomUUID().toString().substring(0, 8)).client();
        long theirs = ask(newcomer, null, "Mine").path("conversation_id").asLong();
        assertThat(newcomer.post("/api/conversations/" + theirs + "/members", "{\"user_id\":" + id(rita) + ",\"role\":\"reader\"}"))
                .hasStatus(201);
        join(newcomer, "reader");
        long gone = id(newcomer);

        assertThat(newcomer.delete("/api/v1/users/me")).isOk();

        assertThat(rita.get("/api/conversations/" + theirs)).hasStatus(404);
        assertThat(ada.get(path("/members")).json().path("members").findValuesAsText("user_id")).doesNotContain(text(gone));
    }

    @Test
    void members_search_what_they_may_read_and_no_more() {
        var word = "zymurgy" + UUID.randomUUID().toString().substring(0, 6);
        ask(ada, conversation, "All about " + word);
        ask(rita, null, "My own " + word);
        await(() -> hits(rita, word).size() == 2 && hits(ada, word).size() == 1, () -> "Not found: " + word);

        assertThat(hits(rita, word).get(1).path("conversation_id").asLong()).isEqualTo(conversation);
        assertThat(rita.post("/api/chat/search", "{\"query\":\"" + word + "\",\"conversation_id\":" + conversation + "}").json())
                .hasSize(1);
        assertThat(hits(app.as("bob"), word)).isEmpty();
        assertThat(app.as("bob").post("/api/chat/search", "{\"query\":\"" + word + "\",\"conversation_id\":" + conversation + "}"))
                .hasStatus(404);
        assertThat(rita.put(path(""), "{\"tags\":[\"beer\"]}")).isOk();
        assertThat(rita.post("/api/chat/search", "{\"query\":\"" + word + "\",\"tag\":\"beer\"}").json().path("items")).hasSize(1);
        var first = rita.post("/api/chat/search", "{\"query\":\"" + word + "\",\"limit\":1,\"cursor\":\"\"}").json();
        var second = rita.post("/api/chat/search",
                "{\"query\":\"" + word + "\",\"limit\":1,\"cursor\":\"" + first.path("next_cursor").asText() + "\"}").json();
        assertThat(second.at("/items/0/conversation_id").asLong()).isEqualTo(conversation);
        assertThat(second.path("next_cursor").isNull()).isTrue();
        assertThat(rita.delete(path("/members/" + id(rita)))).isOk();
        assertThat(hits(rita, word)).hasSize(1);
    }

    @Test
    void of_two_who_ask_at_once_one_wins_and_the_other_is_told_whose_turn_it_is() {
        var gate = new Gate();
        app.ollama().model("slow", say("Hel").then(hold(gate), say("lo")));
        var asked = "{\"conversation_id\":" + conversation + ",\"message\":\"Mine first\",\"model_name\":\"slow\"}";
        try (var asking = wanda.ask(asked)) {
            gate.awaitArrival();

            var refused = ada.post("/api/chat/stream", "{\"conversation_id\":" + conversation + ",\"message\":\"No, mine\"}");

            assertThat(refused).isError(409, "An answer is still in the making");
            assertThat(refused.json().path("asked_by").asLong()).isEqualTo(id(wanda));
            try (var following = rita.follow(refused.json().path("answer_id").asLong())) {
                gate.open();
                assertThat(asking.rest()).extracting(Event::name).endsWith("done");
                assertThat(following.rest()).extracting(Event::name).endsWith("done");
            }
        }
        assertThat(ada.messages(conversation).findValuesAsText("content")).endsWith("Mine first", "Hello");
    }

    @Test
    void of_two_writers_at_the_very_same_moment_one_wins_and_nothing_is_lost() {
        var gate = new Gate();
        app.ollama().model("slow", hold(gate).then(say("Hello")));
        var asked = "{\"conversation_id\":" + conversation + ",\"message\":\"Mine\",\"model_name\":\"slow\",\"stream\":false}";
        var racing = Stream.of(ada, wanda)
                .map(client -> CompletableFuture.supplyAsync(() -> client.post("/api/chat/stream", asked))).toList();
        gate.awaitArrival();
        await(() -> racing.stream().anyMatch(CompletableFuture::isDone), () -> "both wait");
        gate.open();

        assertThat(racing.stream().map(CompletableFuture::join).map(Answer::status)).containsExactlyInAnyOrder(200, 409);
        assertThat(ada.messages(conversation).findValuesAsText("content"))
                .containsExactly("Why does bread rise?", "Hello", "Mine", "Hello");
    }

    @Test
    void removing_a_member_ends_the_members_streams_and_tickets_and_nobody_elses() {
        var gate = new Gate();
        app.ollama().model("slow", say("Hel").then(hold(gate), say("lo")));
        try (var asking = wanda.ask("{\"conversation_id\":" + conversation + ",\"message\":\"Hi\",\"model_name\":\"slow\"}")) {
            gate.awaitArrival();
            long answer = ada.messages(conversation).get(3).path("id").asLong();
            var ticket = wanda.post("/api/chat/stream/" + answer + "/ticket", "").json().path("ticket").asText();
            try (var following = rita.follow(answer)) {
                assertThat(ada.delete(path("/members/" + id(wanda)))).isOk();

                assertThat(asking.rest()).endsWith(
                        new Event(null, "error", "{\"error\":\"You are no longer a member of this conversation\"}"));
                assertThat(app.anonymous().get("/api/chat/stream/" + answer + "?ticket=" + ticket)).isError(404, "Message not found");
                assertThat(wanda.post("/api/chat/" + answer + "/stop", "")).hasStatus(404);
                gate.open();
                assertThat(following.rest()).extracting(Event::name).endsWith("done");
            }
        }
        assertThat(ada.messages(conversation).get(3).path("content").asText()).isEqualTo("Hello");
    }

    @Test
    void a_batch_does_what_each_may_do() {
        var trashed = wanda.post("/api/conversations/batch", "{\"ids\":[" + conversation + "],\"action\":\"trash\"}").json();
        var pinned = wanda.post("/api/conversations/batch", "{\"ids\":[" + conversation + "],\"action\":\"pin\"}").json();

        assertThat(trashed.at("/failed/0/detail").asText()).isEqualTo("Only the owner of this conversation may do that");
        assertThat(pinned.path("done")).hasSize(1);
        assertThat(listed(wanda).path("pinned").asBoolean()).isTrue();
        assertThat(listed(ada).path("pinned").asBoolean()).isFalse();
    }

    @Test
    void a_copy_is_the_readers_own_and_tells_who_wrote_what() {
        long copy = rita.post(path("/fork"), "{}").id();

        assertThat(rita.get("/api/conversations/" + copy).json().path("role").asText()).isEqualTo("owner");
        assertThat(rita.messages(copy).findValuesAsText("author_id")).containsOnly(text(id(ada)));
        assertThat(ada.get("/api/conversations/" + copy)).hasStatus(404);
    }

    private void join(Client member, String role) {
        assertThat(ada.post(path("/members"), "{\"user_id\":" + id(member) + ",\"role\":\"" + role + "\"}")).hasStatus(201);
    }

    private static JsonNode ask(Client client, Long in, String message) {
        var answer = client.post("/api/chat/stream", "{\"message\":\"" + message + "\",\"model_name\":\"tiny\",\"stream\":false"
                + (in == null ? "" : ",\"conversation_id\":" + in) + "}");
        assertThat(answer).isOk();
        return answer.json();
    }

    private JsonNode listed(Client client) {
        for (var each : client.get("/api/conversations").json().path("conversations")) {
            if (each.path("id").asLong() == conversation) {
                return each;
            }
        }
        return null;
    }

    private static JsonNode hits(Client client, String word) {
        return client.post("/api/chat/search", "{\"query\":\"" + word + "\"}").json();
    }

    private static long answers(Client client) {
        return client.get("/api/usage?group_by=day").json().at("/items/0/answers").asLong();
    }

    private String path(String more) {
        return "/api/conversations/" + conversation + more;
    }

    private static long id(Client client) {
        return client.get("/api/config/get").json().path("user_id").asLong();
    }

    private static String text(long number) {
        return Long.toString(number);
    }
}
