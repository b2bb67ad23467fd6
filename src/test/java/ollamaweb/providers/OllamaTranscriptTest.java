package ollamaweb.providers;

import static ollamaweb.testing.Script.transcript;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import okhttp3.HttpUrl;
import ollamaweb.outbound.OutboundGuard;
import ollamaweb.outbound.UpstreamHosts;
import ollamaweb.providers.ProviderException.Reason;
import ollamaweb.providers.ollama.OllamaProvider;
import ollamaweb.testing.HeardChat;
import ollamaweb.testing.ScriptedOllama;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a real Ollama sent is understood. */
class OllamaTranscriptTest {

    private static final ChatRequest HI =
            new ChatRequest("tiny", List.of(new ChatRequest.Turn("user", "hi")), ChatOptions.ofTemperature(0.7));

    private final ScriptedOllama ollama = ScriptedOllama.start();
    private final HttpUrl url = HttpUrl.get(ollama.url());
    private final UpstreamHttp http = new UpstreamHttp(new OutboundGuard(UpstreamHosts.of(List.of(), url)));
    private final OllamaProvider provider = new OllamaProvider(http, url, null);
    private final HeardChat heard = new HeardChat();

    @AfterEach
    void close() {
        http.close();
        ollama.close();
    }

    @Test
    void words_symbols_and_the_counts_of_the_end() {
        play("chat-stream");

        assertThat(heard.content()).hasToString(" Ω≈ç√ & day? people is many most. call use time");
        assertThat(heard.end()).isEqualTo(new ChatEnd(12, 6, "length", 13L));
    }

    @Test
    void an_answer_that_ended_by_itself() {
        play("chat-stream-natural-stop");

        assertThat(heard.end()).isEqualTo(new ChatEnd(8, 20, "stop", 20L));
    }

    @Test
    void thinking_before_the_answer() {
        play("chat-think-high");

        assertThat(heard.thinking()).hasToString("HMM THINK THIS");
        assertThat(heard.content()).startsWith("first");
    }

    @Test
    void a_call_of_a_tool() {
        play("chat-tools");

        assertThat(heard.tools()).singleElement().satisfies(call -> {
            assertThat(call.name()).isEqualTo("get_weather");
            assertThat(call.arguments().toString()).isEqualTo("{\"city\":\"Paris\"}");
        });
        assertThat(heard.content()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "runner-killed-midstream | REFUSED | Ollama: an error was encountered while running the model: unexpected EOF",
            "runner-killed-nostream | REFUSED | Ollama: an error was encountered while running the model: unexpected EOF",
            "server-killed-midstream | BROKEN | The connection to Ollama broke in the middle of the answer",
            "busy | REFUSED | Ollama: server busy, please try again. maximum pending requests exceeded",
            "broken-model | REFUSED | Ollama: tensor \"output.weight\" offset+size (537696) exceeds file size (400000)",
            "chat-tools-unsupported | REFUSED | Ollama: registry.ollama.ai/library/tiny:latest does not support tools",
            "chat-missing-model | MODEL_NOT_FOUND | Model 'tiny' not found"})
    void each_way_to_fail(String transcript, Reason reason, String message) {
        assertThatThrownBy(() -> play(transcript)).isInstanceOfSatisfying(ProviderException.class,
                e -> assertThat(e.reason()).isEqualTo(reason)).hasMessage(message);

        assertThat(heard.end()).isNull();
    }

    private void play(String transcript) {
        ollama.model("tiny", transcript(transcript));
        provider.chat(HI, heard).run();
    }
}
