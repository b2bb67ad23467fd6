package ollamaweb.chat;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.errorLine;
import static ollamaweb.testing.Script.hold;
import static ollamaweb.testing.Script.say;
import static ollamaweb.testing.Script.thinking;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import ollamaweb.testing.Client;
import ollamaweb.testing.Event;
import ollamaweb.testing.EventReader;
import ollamaweb.testing.Gate;
import ollamaweb.testing.Rows;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThinkingTest {

    private static final String ASK = "{\"message\":\"Hi\",\"model_name\":\"wise\",\"think\":true}";

    @RegisterExtension
    final TestApp app = new TestApp();

    @Test
    void what_the_model_thinks_comes_as_events_of_its_own_and_is_stored() {
        wise("Hm", "…", "Yes");
        var ada = app.as("ada");

        var events = ada.chat(ASK);

        assertThat(Event.withoutCounts(events.subList(2, events.size()))).containsExactly(
                new Event("t2", "thinking", "{\"content\":\"Hm\"}"),
                new Event("t5", "thinking", "{\"content\":\"…\"}"),
                new Event("3", "token", "{\"content\":\"Yes\"}"),
                new Event(null, "done", "{\"message_id\":2,\"tokens_used\":1}"));
        assertThat(app.ollama().lastChat().body().path("think").isBoolean()).isTrue();
        assertThat(events(ada.follow(2).rest())).containsExactly("thinking Hm…", "token Yes", "done");
        assertThat(Rows.one(app.database(), "SELECT thinking || '/' || content FROM messages WHERE id = 2")).isEqualTo("Hm…/Yes");
        assertThat(Rows.one(app.database(), "SELECT COUNT(*) FROM thinking_parts")).isEqualTo("0");
    }

    @Test
    void a_client_that_comes_back_goes_on_in_the_middle_of_a_thought() {
        var gate = new Gate();
        app.ollama().abilities("wise", "thinking").model("wise", thinking("One ", "two ").then(hold(gate), thinking("three"), say("Four")));
        var ada = app.as("ada");
        try (var stream = ada.ask(ASK)) {
            stream.next("conversation_created");
            stream.next("message_created");
            assertThat(stream.next("thinking").id()).isEqualTo("t4");
            assertThat(stream.next("thinking").id()).isEqualTo("t8");
            gate.awaitArrival();
            try (var again = resume(ada, "t4")) {
                assertThat(again.next("thinking")).isEqualTo(new Event("t8", "thinking", "{\"content\":\"two \"}"));
                gate.open();
                assertThat(events(again.rest())).containsExactly("thinking three", "token Four", "done");
            }
        }

        assertThat(events(resume(ada, "t8").rest())).containsExactly("thinking three", "token Four", "done");
        assertThat(events(resume(ada, "t999").rest())).containsExactly("token Four", "done");
        assertThat(events(resume(ada, "2").rest())).containsExactly("token ur", "done");
        assertThat(events(resume(ada, "0").rest())).containsExactly("thinking One two three", "token Four", "done");
    }

    @ParameterizedTest
    @ValueSource(strings = {"t", "tx", "t-1", "tt1", "x"})
    void a_place_that_no_event_had_is_named(String id) {
        wise("Hm", "Yes");
        var ada = app.as("ada");
        ada.chat(ASK);

        assertThat(ada.send(ada.request("/api/chat/stream/2").header("Last-Event-ID", id).build())).isInvalid("header.Last-Event-ID");
    }

    @Test
    void thinking_that_broke_off_is_kept_and_gone_on_with() {
        app.ollama().abilities("wise", "thinking").model("wise", thinking("Hm").then(errorLine("out of memory")));
        var ada = app.as("ada");
        ada.chat(ASK);
        assertThat(Rows.one(app.database(), "SELECT thinking || '/' || status FROM messages WHERE id = 2")).isEqualTo("Hm/error");

        wise(" well", "Yes");
        var events = ada.chat("{\"conversation_id\":1,\"continue\":true,\"think\":\"high\"}");

        assertThat(events(events.subList(1, events.size()))).containsExactly("thinking  well", "token Yes", "done");
        assertThat(app.ollama().lastChat().body().path("think").asText()).isEqualTo("high");
        assertThat(Rows.one(app.database(), "SELECT thinking || '/' || content FROM messages WHERE id = 2")).isEqualTo("Hm well/Yes");
    }

    @Test
    void what_a_model_thinks_counts_towards_the_length_of_its_answer() throws Exception {
        try (var small = TestApp.started("MAX_ANSWER_BYTES", "1024")) {
            small.ollama().abilities("wise", "thinking").model("wise", thinking("x".repeat(1020)).then(say("12345", "6")));

            var events = small.as("ada").chat(ASK);

            assertThat(events(events).subList(2, 5)).containsExactly("thinking " + "x".repeat(1020), "token 1234", "error");
        }
    }

    @Test
    void a_model_that_cannot_think_is_not_asked_and_nothing_is_saved() {
        app.ollama().model("plain", say("Yes"));
        var ada = app.as("ada");

        for (var think : List.of("true", "\"low\"", "\"max\"")) {
            assertThat(ada.post("/api/chat/stream", "{\"message\":\"Hi\",\"model_name\":\"plain\",\"think\":" + think + "}"))
                    .isInvalid("body.think");
        }

        assertThat(ada.get("/api/conversations").body()).contains("[]");
        assertThat(app.ollama().calls("/api/chat")).isZero();
        assertThat(app.ollama().calls("/api/show")).isEqualTo(1);
        assertThat(ada.chat("{\"message\":\"Hi\",\"model_name\":\"plain\",\"think\":false}")).last().extracting(Event::name)
                .isEqualTo("done");
        assertThat(app.ollama().lastChat().body().path("think").asText()).isEqualTo("false");
    }

    @Test
    void a_model_that_is_not_named_is_looked_up_before_it_is_asked() {
        app.ollama().model("plain", say("Yes"));
        var ada = app.as("ada");
        long conversation = ada.startsConversation("plain");

        assertThat(ada.post("/api/chat/stream", "{\"message\":\"Hi\",\"conversation_id\":" + conversation + ",\"think\":true}"))
                .isInvalid("body.think");
        assertThat(ada.post("/api/chat/stream", "{\"message\":\"Hi\",\"conversation_id\":99,\"think\":true}")).hasStatus(404);
    }

    @Test
    void markdown_folds_what_the_model_thought() {
        wise("</details> ```", "Yes");
        var ada = app.as("ada");
        ada.chat(ASK);

        assertThat(ada.get("/api/export/conversations/1/markdown").body()).contains("""
                <details>
                <summary>Thinking</summary>

                ````
                </details> ```
                ````

                </details>

                Yes
                """);
    }

    private void wise(String... thoughtsAndAnswer) {
        int last = thoughtsAndAnswer.length - 1;
        app.ollama().abilities("wise", "completion", "thinking").model("wise",
                thinking(List.of(thoughtsAndAnswer).subList(0, last).toArray(String[]::new)).then(say(thoughtsAndAnswer[last])));
    }

    private static EventReader resume(Client client, String lastEventId) {
        return client.open(client.request("/api/chat/stream/2").header("Last-Event-ID", lastEventId).build());
    }

    /** Each kind of text in one piece. */
    private static List<String> events(List<Event> events) {
        var texts = new ArrayList<String>();
        String last = "";
        for (var event : events) {
            boolean isText = event.name().equals("token") || event.name().equals("thinking");
            if (isText && event.name().equals(last)) {
                texts.set(texts.size() - 1, texts.get(texts.size() - 1) + event.content());
            } else {
                texts.add(isText ? event.name() + " " + event.content() : event.name());
            }
            last = event.name();
        }
        return texts;
    }
}
