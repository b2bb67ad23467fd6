package ollamaweb.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import okhttp3.HttpUrl;
import ollamaweb.outbound.OutboundGuard;
import ollamaweb.outbound.UpstreamHosts;
import ollamaweb.providers.ProviderException.Reason;
import ollamaweb.providers.ollama.OllamaProvider;
import ollamaweb.testing.ScriptedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OllamaProviderTest {

    private static final ChatRequest HI =
            new ChatRequest("tiny", List.of(new ChatRequest.Turn("user", "hi")), ChatOptions.ofTemperature(0.5));

    private final ScriptedServer server = ScriptedServer.start();
    private final HttpUrl url = HttpUrl.get(server.url());
    private final UpstreamHttp http = new UpstreamHttp(new OutboundGuard(UpstreamHosts.of(List.of(), url)));
    private final OllamaProvider provider = new OllamaProvider(http, url, null);

    /** Writes down what it hears. */
    private static final class Notes implements ChatListener {
        private final List<String> heard = new ArrayList<>();
        private ChatEnd end;
        private int timesCaughtUp;

        @Override
        public void progress() {
            heard.add("progress");
        }

        @Override
        public void content(String piece) {
            heard.add("content " + piece);
        }

        @Override
        public void thinking(String piece) {
            heard.add("thinking " + piece);
        }

        @Override
        public void toolCall(ToolCall call) {
            heard.add("tool " + call.id() + " " + call.name() + " " + call.arguments());
        }

        @Override
        public void caughtUp() {
            timesCaughtUp++;
        }

        @Override
        public void end(ChatEnd heardEnd) {
            end = heardEnd;
        }
    }

    @AfterEach
    void close() {
        http.close();
        server.close();
    }

    @Test
    void a_listener_hears_thinking_content_tools_and_the_end_with_its_counts() {
        chats("""
            {"model":"tiny","message":{"role":"assistant","content":"","thinking":"Hm"},"done":false}
            {"model":"tiny","message":{"role":"assistant","thinking":"."," content":1,"content":"Yes"},"done":false}
            {"model":"tiny","message":{"content":"","tool_calls":[{"id":"call_1","function":{"index":0,"name":"weather",\
            "arguments":{"city":"Paris"}}},{"function":{"name":"now"}},7,{}]},"done":false}
            {"model":"tiny","message":{"content":"!"},"done":true,"done_reason":"stop","total_duration":48802063,\
            "prompt_eval_count":6,"eval_count":60}
            """);
        var notes = new Notes();

        provider.chat(HI, notes).run();

        assertThat(notes.heard).containsExactly("progress", "thinking Hm", "progress", "thinking .", "content Yes",
                "progress", "tool call_1 weather {\"city\":\"Paris\"}", "tool null now {}", "progress", "content !");
        assertThat(notes.end).isEqualTo(new ChatEnd(60, 6, "stop", 48L));
        assertThat(server.last().body()).isEqualTo(
                "{\"model\":\"tiny\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"stream\":true,\"options\":{\"temperature\":0.5}}");
    }

    @Test
    void a_listener_hears_of_no_end_when_the_answer_breaks_off() {
        chats("{\"message\":{\"content\":\"Yes\"},\"done\":false}\n");
        var notes = new Notes();

        assertThatThrownBy(() -> provider.chat(HI, notes).run()).isInstanceOfSatisfying(ProviderException.class,
                e -> assertThat(e.reason()).isEqualTo(Reason.BROKEN)).hasMessage("Ollama ended the answer too early");

        assertThat(notes.heard).containsExactly("progress", "content Yes");
        assertThat(notes.end).isNull();
    }

    @Test
    void texts_become_vectors_in_their_order() {
        server.on("/api/embed", 200, "application/json", "{\"model\":\"tiny\",\"embeddings\":[[0.5,-1],[0.25,2]]}");

        var vectors = provider.embed("tiny", List.of("north", "south"));

        assertThat(vectors).containsExactly(new float[] {0.5f, -1}, new float[] {0.25f, 2});
        assertThat(server.last().body()).isEqualTo("{\"model\":\"tiny\",\"input\":[\"north\",\"south\"]}");
        assertThatThrownBy(() -> provider.embed("tiny", List.of("one"))).isInstanceOf(ProviderException.class)
                .hasMessage("Ollama sent 2 embeddings for 1 texts");
    }

    @Test
    void lines_that_come_together_are_told_together() {
        chats("{\"message\":{\"content\":\"a\"},\"done\":false}\n".repeat(1000) + "{\"done\":true}\n");
        var notes = new Notes();

        provider.chat(HI, notes).run();

        assertThat(notes.heard).hasSize(2001);
        assertThat(notes.timesCaughtUp).isLessThan(100);
    }

    private void chats(String lines) {
        server.on("/api/chat", 200, "application/x-ndjson", lines);
    }
}
