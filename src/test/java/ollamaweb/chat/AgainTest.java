package ollamaweb.chat;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.cutMidLine;
import static ollamaweb.testing.Script.hold;
import static ollamaweb.testing.Script.refuse;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.StreamSupport;
import ollamaweb.testing.Client;
import ollamaweb.testing.Event;
import ollamaweb.testing.Gate;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Regenerating and continuing: no text is lost before a better one is there. */
class AgainTest {

    private static final String ASK = "{\"message\":\"Hi\",\"model_name\":\"tiny\"}";
    private static final String REGENERATE = "{\"conversation_id\":1,\"regenerate\":true}";
    private static final String CONTINUE = "{\"conversation_id\":1,\"continue\":true}";

    @RegisterExtension
    final TestApp app = new TestApp();

    @Test
    void the_path_leads_through_a_regenerated_answer_once_it_is_complete() {
        var ada = app.as("ada");
        app.ollama().model("tiny", say("old"));
        ada.chat(ASK);
        var gate = new Gate();
        app.ollama().model("tiny", say("ne").then(hold(gate), say("w")));

        try (var stream = ada.ask(REGENERATE)) {
            gate.awaitArrival();
            assertThat(contents(ada)).as("the old text is shown meanwhile").containsExactly("Hi", "old");
            gate.open();
            assertThat(Event.withoutCounts(stream.rest())).containsExactly(
                    new Event(null, "message_created", "{\"message_id\":1,\"role\":\"user\",\"answer_id\":3}"),
                    new Event("2", "token", "{\"content\":\"ne\"}"),
                    new Event("3", "token", "{\"content\":\"w\"}"),
                    new Event(null, "done", "{\"message_id\":3,\"tokens_used\":2}"));
        }
        assertThat(contents(ada)).containsExactly("Hi", "new");
        assertThat(app.ollama().lastChat().body().path("messages")).hasSize(1);
    }

    @Test
    void the_old_answer_stays_when_the_new_one_breaks_off() {
        var ada = app.as("ada");
        app.ollama().model("tiny", say("old"));
        ada.chat(ASK);
        app.ollama().model("tiny", say("ne").then(cutMidLine()));

        ada.chat(REGENERATE);

        assertThat(contents(ada)).containsExactly("Hi", "old");
        assertThat(ada.get("/api/conversations/1?all=true").json().path("messages").findValuesAsText("content"))
                .containsExactly("Hi", "old", "ne");
    }

    @Test
    void an_interrupted_answer_goes_on_from_where_it_was() {
        var ada = app.as("ada");
        app.ollama().model("tiny", say("Once", " upon").then(cutMidLine()));
        ada.chat(ASK);
        app.ollama().model("tiny", say(" a", " time"));

        var events = ada.chat(CONTINUE);

        assertThat(Event.withoutCounts(events)).containsExactly(
                new Event(null, "message_created", "{\"message_id\":1,\"role\":\"user\",\"answer_id\":2}"),
                new Event("11", "token", "{\"content\":\" a\"}"),
                new Event("16", "token", "{\"content\":\" time\"}"),
                new Event(null, "done", "{\"message_id\":2,\"tokens_used\":2}"));
        assertThat(contents(ada)).containsExactly("Hi", "Once upon a time");
        assertThat(ada.messages(1).get(1).path("status").asText()).isEqualTo("complete");
        assertThat(app.ollama().lastChat().body().path("messages").findValuesAsText("content")).containsExactly("Hi", "Once upon");
    }

    @Test
    void going_on_that_fails_at_once_keeps_the_old_text() {
        var ada = app.as("ada");
        app.ollama().model("tiny", say("Once").then(cutMidLine()));
        ada.chat(ASK);
        app.ollama().model("tiny", refuse(500, "out of memory"));

        ada.chat(CONTINUE);

        assertThat(contents(ada)).containsExactly("Hi", "Once");
        assertThat(ada.messages(1).get(1).path("status").asText()).isEqualTo("error");
    }

    @Test
    void only_an_answer_that_broke_off_can_go_on() {
        var ada = app.as("ada");
        ada.chat("{\"message\":\"Hi\",\"model_name\":\"echo\"}");

        assertThat(ada.post("/api/chat/stream", CONTINUE)).isError(409, "There is no interrupted answer to continue");
    }

    @Test
    void without_a_question_there_is_nothing_to_answer_again() {
        var ada = app.as("ada");
        ada.startsConversation("echo");

        assertThat(ada.post("/api/chat/stream", REGENERATE)).isError(409, "There is no question to answer again");
        assertThat(ada.messages(1)).isEmpty();
    }

    @Test
    void a_strangers_answer_is_not_made_again() {
        app.as("ada").chat("{\"message\":\"Hi\",\"model_name\":\"echo\"}");

        assertThat(app.as("bob").post("/api/chat/stream", REGENERATE)).isError(404, "Conversation not found");
        assertThat(app.as("bob").post("/api/chat/stream", CONTINUE)).isError(404, "Conversation not found");
    }

    private static List<String> contents(Client client) {
        return StreamSupport.stream(client.messages(1).spliterator(), false).map(m -> m.path("content").asText()).toList();
    }
}
