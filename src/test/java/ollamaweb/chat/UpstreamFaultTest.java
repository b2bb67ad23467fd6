package ollamaweb.chat;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.cutMidLine;
import static ollamaweb.testing.Script.dropConnection;
import static ollamaweb.testing.Script.errorLine;
import static ollamaweb.testing.Script.garbage;
import static ollamaweb.testing.Script.hangUp;
import static ollamaweb.testing.Script.hold;
import static ollamaweb.testing.Script.hugeLine;
import static ollamaweb.testing.Script.raw;
import static ollamaweb.testing.Script.redirect;
import static ollamaweb.testing.Script.refuse;
import static ollamaweb.testing.Script.refuseRaw;
import static ollamaweb.testing.Script.runnerDies;
import static ollamaweb.testing.Script.say;
import static ollamaweb.testing.Script.serverBusy;
import static ollamaweb.testing.Script.silence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import ollamaweb.testing.Event;
import ollamaweb.testing.Gate;
import ollamaweb.testing.Script;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever goes wrong at Ollama: an error event says so, and what came before is kept. */
class UpstreamFaultTest {

    private static final String ASK = "{\"message\":\"Hi\",\"model_name\":\"tiny\"}";
    private static final String ASK_WHOLE = "{\"message\":\"Hi\",\"model_name\":\"tiny\",\"stream\":false}";

    @RegisterExtension
    final TestApp app = new TestApp().with("OLLAMA_STREAM_IDLE_TIMEOUT", "2");

    static Stream<Arguments> refusals() {
        return Stream.of(
                arguments(refuse(404, "model 'tiny' not found"), "Model 'tiny' not found", 404),
                arguments(refuse(400, "\"tiny\" does not support chat"), "Ollama: \"tiny\" does not support chat", 502),
                arguments(refuse(500, "llama-server process has terminated"), "Ollama: llama-server process has terminated", 502),
                arguments(serverBusy(), "Ollama: server busy, please try again. maximum pending requests exceeded", 502),
                arguments(refuseRaw(404, "text/plain", "404 page not found"), "There is no Ollama at this URL", 502),
                arguments(refuseRaw(403, "text/plain", ""), "Ollama does not accept requests for this host name", 502),
                arguments(refuseRaw(500, "text/html", "<h1>Oops</h1>"), "Ollama answered with status 500", 502),
                arguments(redirect("http://127.0.0.1:1/api/chat"), "Ollama answered with a redirect, which is not followed", 502));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void a_refusal_before_the_first_word_is_told(Script script, String error, int statusWithoutStream) {
        app.ollama().model("tiny", script);
        var ada = app.as("ada");

        var events = ada.chat(ASK);

        assertThat(events).extracting(Event::name).containsExactly("conversation_created", "message_created", "error");
        assertThat(events.get(2).json().path("error").asText()).isEqualTo(error);
        assertThat(ada.messages(1).get(0).path("content").asText()).as("the question is kept").isEqualTo("Hi");
        assertThat(ada.messages(1).get(1).path("status").asText()).isEqualTo("error");
        assertThat(ada.post("/api/chat/stream", ASK_WHOLE)).isError(statusWithoutStream, error);
    }

    static Stream<Arguments> breaks() {
        return Stream.of(
                arguments(errorLine("an error was encountered while running the model: CUDA out of memory"),
                        "Ollama: an error was encountered while running the model: CUDA out of memory"),
                arguments(runnerDies(), "Ollama: an error was encountered while running the model: unexpected EOF"),
                arguments(cutMidLine(), "The connection to Ollama broke in the middle of the answer"),
                arguments(dropConnection(), "The connection to Ollama broke in the middle of the answer"),
                arguments(hangUp(), "Ollama ended the answer too early"),
                arguments(garbage("<html>502 Bad Gateway</html>"), "Ollama sent something that is not an answer"),
                arguments(raw("[1,2,3]\n"), "Ollama sent something that is not an answer"),
                arguments(raw("{\"error\":{\"nested\":true}}\n"), "Ollama: unknown error"),
                arguments(raw("{\"message\":{\"content\":\"" + "x".repeat(9_000_000) + "\"}}\n"), null),
                arguments(silence(), "Ollama has been silent for too long"));
    }

    @ParameterizedTest
    @MethodSource("breaks")
    void a_break_in_the_middle_is_told_and_what_came_is_kept(Script script, String error) {
        app.ollama().model("tiny", say("Hel", "lo").then(script));
        var ada = app.as("ada");

        var events = ada.chat(ASK);

        assertThat(events).extracting(Event::name)
                .containsExactly("conversation_created", "message_created", "token", "token", "error");
        if (error != null) {
            assertThat(events.get(4).json().path("error").asText()).isEqualTo(error);
        }
        var answer = ada.messages(1).get(1);
        assertThat(answer.path("content").asText()).isEqualTo("Hello");
        assertThat(answer.path("status").asText()).isEqualTo("error");
        assertThat(ada.post("/api/chat/stream",
                "{\"message\":\"Still there?\",\"conversation_id\":1,\"model_name\":\"echo\",\"stream\":false}"))
                .as("the conversation goes on").isOk();
    }

    @Test
    void an_ollama_that_is_away_is_told() {
        var ada = app.as("ada");
        app.ollama().close();

        var events = ada.chat(ASK);

        assertThat(events.get(2)).isEqualTo(
                new Event(null, "error", "{\"error\":\"Ollama service is not running or unreachable\"}"));
        assertThat(ada.post("/api/chat/stream", ASK_WHOLE)).isError(503, "Ollama service is not running or unreachable");
    }

    @Test
    void an_ollama_that_hangs_before_the_first_line_is_waited_for_with_pings_and_then_given_up() {
        app.ollama().model("tiny", silence());
        try (var stream = app.as("ada").ask(ASK)) {
            var events = stream.rest();

            assertThat(events).extracting(Event::name).containsExactly("conversation_created", "message_created", "error");
            assertThat(stream.pings()).isPositive();
        }
        app.ollama().awaitClientsGone(1);
    }

    @Test
    void a_line_of_a_megabyte_is_just_a_long_piece() {
        app.ollama().model("tiny", hugeLine(1_000_000).then(say("!")));
        var ada = app.as("ada");

        var events = ada.chat(ASK);

        assertThat(events).extracting(Event::name).containsExactly("conversation_created", "message_created", "token", "token", "done");
        assertThat(ada.messages(1).get(1).path("content").asText()).hasSize(1_000_001);
    }

    @Test
    void a_last_line_without_an_end_of_line_and_blank_lines_between_are_read() {
        app.ollama().model("tiny", raw("\n\n{\"message\":{\"content\":\"Hello\"}}\n\r\n"
                + "{\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done\":true,\"eval_count\":7,\"unknown\":[{}]}")
                .then(hangUp()));

        assertThat(Event.withoutCounts(app.as("ada").chat(ASK))).endsWith(
                new Event("5", "token", "{\"content\":\"Hello\"}"),
                new Event(null, "done", "{\"message_id\":2,\"tokens_used\":7}"));
    }

    @Test
    void characters_no_database_keeps_are_replaced() {
        app.ollama().model("tiny", raw("{\"message\":{\"content\":\"a\\u0000b\\ud800c\"}}\n"));
        var ada = app.as("ada");

        ada.chat(ASK);

        assertThat(ada.messages(1).get(1).path("content").asText()).isEqualTo("a\uFFFDb\uFFFDc");
    }

    @Test
    void counts_that_ollama_does_not_tell_are_null() {
        app.ollama().model("tiny", say("Hello").withoutCounts());

        assertThat(Event.withoutCounts(app.as("ada").chat(ASK)))
                .endsWith(new Event(null, "done", "{\"message_id\":2,\"tokens_used\":null}"));
    }

    @Test
    void a_deleted_conversation_ends_its_answer() {
        var gate = new Gate();
        app.ollama().model("tiny", say("Hel").then(hold(gate)));
        var ada = app.as("ada");
        try (var stream = ada.ask(ASK)) {
            gate.awaitArrival();

            ada.delete("/api/conversations/1");

            assertThat(stream.rest()).endsWith(new Event(null, "error", "{\"error\":\"The conversation was deleted\"}"));
        }
        app.ollama().awaitClientsGone(1);
        assertThat(ada.get("/api/conversations/1")).isError(404, "Conversation not found");
    }
}
