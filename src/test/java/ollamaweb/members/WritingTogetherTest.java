package ollamaweb.members;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Await.await;
import static ollamaweb.testing.Script.hold;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import ollamaweb.testing.Concurrently;
import ollamaweb.testing.Answer;
import ollamaweb.testing.Event;
import ollamaweb.testing.Gate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What members do in a conversation, each as far as the role allows. */
@Timeout(60)
class WritingTogetherTest extends ConversationOfThree {

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
                .map(client -> Concurrently.supply(() -> client.post("/api/chat/stream", asked))).toList();
        gate.awaitArrival();
        await(() -> racing.stream().anyMatch(CompletableFuture::isDone), () -> "both wait");
        gate.open();

        assertThat(racing.stream().map(CompletableFuture::join).map(Answer::status)).containsExactlyInAnyOrder(200, 409);
        assertThat(ada.messages(conversation).findValuesAsText("content"))
                .containsExactly("Why does bread rise?", "Hello", "Mine", "Hello");
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
}
