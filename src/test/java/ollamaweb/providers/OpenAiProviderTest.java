package ollamaweb.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import okhttp3.HttpUrl;
import ollamaweb.json.Json;
import ollamaweb.outbound.OutboundGuard;
import ollamaweb.outbound.UpstreamHosts;
import ollamaweb.providers.ProviderException.Reason;
import ollamaweb.providers.openai.OpenAiChatFormat;
import ollamaweb.providers.openai.OpenAiProvider;
import ollamaweb.testing.HeardChat;
import ollamaweb.testing.ScriptedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiProviderTest {

    private static final String CHAT = "/v1/chat/completions";
    private static final ChatRequest HI =
            new ChatRequest("tiny", List.of(new ChatRequest.Turn("user", "hi")), ChatOptions.ofTemperature(0.5));

    private final ScriptedServer server = ScriptedServer.start();
    private final HttpUrl url = HttpUrl.get(server.url());
    private final UpstreamHttp http = new UpstreamHttp(new OutboundGuard(UpstreamHosts.of(List.of(), url)));
    private final OpenAiProvider provider = new OpenAiProvider(http, "lan", url, "sk-1");
    private final HeardChat heard = new HeardChat();

    @AfterEach
    void close() {
        http.close();
        server.close();
    }

    @Test
    void words_and_the_counts_of_the_end() {
        server.plays(CHAT, "v1-chat-stream-usage");

        provider.chat(HI, heard).run();

        assertThat(heard.content()).isEqualTo(" नमस्ते </b> use你");
        assertThat(heard.end()).isEqualTo(new ChatEnd(6, 6, "length", null));
        assertThat(server.last().headers().getFirst("Authorization")).isEqualTo("Bearer sk-1");
        assertThat(server.last().body()).isEqualTo("{\"model\":\"tiny\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],"
                + "\"stream\":true,\"stream_options\":{\"include_usage\":true},\"temperature\":0.5}");
    }

    @Test
    void thinking_comes_under_either_name() {
        server.plays(CHAT, "v1-chat-think");
        provider.chat(HI, heard).run();
        assertThat(heard.thinking()).startsWith("HMM MAYBE SURE");
        assertThat(heard.content()).startsWith("first has had");

        streams("{\"choices\":[{\"delta\":{\"reasoning_content\":\"Hm\"}}]}", "{\"choices\":[{\"delta\":{\"content\":\"Yes\"}}]}",
                "[DONE]");
        var other = new HeardChat();
        provider.chat(HI, other).run();
        assertThat(other.thinking()).isEqualTo("Hm");
        assertThat(other.content()).isEqualTo("Yes");
    }

    @Test
    void a_call_of_a_tool_comes_whole() {
        server.plays(CHAT, "v1-chat-tools");

        provider.chat(HI, heard).run();

        assertThat(heard.tools()).containsExactly(new ToolCall("call_2fuiki1b", "get_weather", "{\"city\":\"Paris\"}"));
        assertThat(heard.end().doneReason()).isEqualTo("tool_calls");
    }

    @Test
    void calls_of_tools_are_put_together_from_their_pieces() {
        streams("{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"now\",\"arguments\":\"\"}}]}}]}",
                "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":1,\"id\":\"b\",\"function\":{\"name\":\"weather\",\"arguments\":\"{\\\"ci\"}}]}}]}",
                "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":1,\"id\":\"\",\"function\":{\"arguments\":\"ty\\\":1}\"}}]}}]}",
                "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":1,\"id\":\"c\",\"function\":{\"name\":\"x\",\"arguments\":\"{}\"}},7]}}]}",
                "[DONE]");

        provider.chat(HI, heard).run();

        assertThat(heard.tools()).containsExactly(new ToolCall("a", "now", "{}"), new ToolCall("b", "weather", "{\"city\":1}"),
                new ToolCall("c", "x", "{}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "runner-killed-v1-stream | BROKEN | lan ended the answer too early",
            "v1-chat-missing | MODEL_NOT_FOUND | Model 'tiny' not found",
            "busy-v1 | REFUSED | lan: server busy, please try again. maximum pending requests exceeded",
            "chat-stream | BROKEN | lan sent something that is not an answer"})
    void what_a_real_server_fails_with_is_understood(String transcript, Reason reason, String message) {
        server.plays(CHAT, transcript);

        assertThatThrownBy(() -> provider.chat(HI, heard).run()).isInstanceOfSatisfying(ProviderException.class,
                e -> assertThat(e.reason()).isEqualTo(reason)).hasMessage(message);
        assertThat(heard.end()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "401 | application/json | {\"error\":{\"message\":\"Incorrect API key provided: sk-1\"}} | REFUSED | lan does not accept the API key",
            "403 | application/json | {\"error\":{\"message\":\"Country not supported\"}} | REFUSED | lan: Country not supported",
            "404 | text/html | <h1>Not Found</h1> | BROKEN | There is no OpenAI API at this URL",
            "404 | application/json | {\"detail\":\"Not Found\"} | BROKEN | There is no OpenAI API at this URL",
            "404 | application/json | {\"error\":{\"message\":\"Invalid URL (POST /v1/x)\"}} | BROKEN | There is no OpenAI API at this URL",
            "404 | application/json | {\"object\":\"error\",\"message\":\"The model `x` does not exist.\"} | MODEL_NOT_FOUND | Model 'tiny' not found",
            "429 | application/json | {\"error\":{\"message\":\"Rate limit reached\"}} | REFUSED | lan: Rate limit reached",
            "500 | text/plain | oops | REFUSED | lan answered with status 500",
            "400 | application/json | {\"error\":\"Model unloaded\"} | REFUSED | lan: Model unloaded",
            "307 | text/html | moved | BROKEN | lan answered with a redirect, which is not followed",
            "200 | text/html | <h1>Hi</h1> | BROKEN | lan sent something that is not an answer",
            "200 | text/event-stream | data: 5 | BROKEN | lan sent something that is not an answer",
            "200 | text/event-stream | data: <html> | BROKEN | lan sent something that is not an answer",
            "200 | text/event-stream | data: {\"error\":{\"message\":\"out of memory\"}} | REFUSED | lan: out of memory",
            "200 | text/event-stream | data: {\"error\":\"gone\"} | REFUSED | lan: gone",
            "200 | text/event-stream | data | BROKEN | lan ended the answer too early"})
    void each_way_to_fail(int status, String type, String body, Reason reason, String message) {
        server.on(CHAT, status, type, body + "\n\n");

        assertThatThrownBy(() -> provider.chat(HI, heard).run()).isInstanceOfSatisfying(ProviderException.class,
                e -> assertThat(e.reason()).isEqualTo(reason)).hasMessage(message);
    }

    @Test
    void an_event_that_does_not_end_is_given_up_and_no_comment_ends_an_answer() {
        server.on(CHAT, 200, "text/event-stream", "data: {\"x\":\"" + "x".repeat(9_000_000));
        assertThatThrownBy(() -> provider.chat(HI, heard).run()).hasMessage("lan sent more than 8000000 bytes at once");

        server.on(CHAT, 200, "text/event-stream; charset=utf-8",
                ": PROCESSING\r\n\r\ndata: {\"choices\":[{\"delta\":{\"content\":\"Yes\"}}]}\r\n\r\ndata: [DONE]\r\n\r\n");
        provider.chat(HI, heard).run();
        assertThat(heard.content()).isEqualTo("Yes");
    }

    @Test
    void bytes_that_somebody_else_has_read_are_understood_as_well() throws Exception {
        var format = new OpenAiChatFormat(heard, new KeyedKind("Ollama", "OpenAI"));
        var bytes = "data: {\"choices\":[{\"delta\":{\"content\":\"a\\u0000b\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

        assertThat(format.read(new ByteArrayInputStream(bytes.getBytes(StandardCharsets.UTF_8)), () -> {})).isTrue();

        assertThat(heard.content()).isEqualTo("a\uFFFDb");
        assertThat(heard.end().doneReason()).isEqualTo("stop");
    }

    @Test
    void options_formats_and_images_are_told_in_its_words() {
        streams("[DONE]");
        var image = new Attachment("cat.jpg", true, () -> new ByteArrayInputStream(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 1}));
        var text = new Attachment("notes.txt", false, () -> new ByteArrayInputStream("a\"b".getBytes(StandardCharsets.UTF_8)));
        var options = new ChatOptions(null, "max", Map.<String, JsonNode>of("num_predict", new IntNode(5), "seed", new IntNode(1),
                "top_k", new IntNode(3), "num_ctx", new IntNode(4096)), Json.MAPPER.createObjectNode().put("type", "object"),
                new TextNode("5m"));

        provider.chat(new ChatRequest("tiny", List.of(new ChatRequest.Turn("user", "What?", List.of(image, text))), options), heard).run();

        assertThat(server.last().body()).isEqualTo("{\"model\":\"tiny\",\"messages\":[{\"role\":\"user\",\"content\":["
                + "{\"type\":\"text\",\"text\":\"File: notes.txt\\n\\na\\\"b\\n\\n---\\n\\nWhat?\"},"
                + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/jpeg;base64,/9j/AQ==\"}}]}],"
                + "\"stream\":true,\"stream_options\":{\"include_usage\":true},\"seed\":1,\"max_tokens\":5,\"reasoning_effort\":\"high\","
                + "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"answer\",\"schema\":{\"type\":\"object\"}}}}");
    }

    @Test
    void models_are_described_as_ollama_describes_its_own() {
        server.plays("/v1/models", "v1-models");

        assertThat(provider.models()).hasSize(9);
        assertThat(provider.show("tiny:latest").path("modified_at").asText()).isEqualTo("2026-11-21T13:33:32Z");
        assertThat(provider.show("tiny:latest").path("capabilities").isMissingNode()).as("nobody tells them").isTrue();
        assertThatThrownBy(() -> provider.show("nope")).hasMessage("Model 'nope' not found");
        assertThat(provider.running()).isEmpty();
        assertThat(provider.answers(Duration.ofSeconds(5))).isTrue();
    }

    @Test
    void texts_become_vectors_in_their_order() {
        server.on("/v1/embeddings", 200, "application/json",
                "{\"data\":[{\"index\":1,\"embedding\":[0.25,2]},{\"index\":0,\"embedding\":[0.5,-1]}]}");

        assertThat(provider.embed("tiny", List.of("north", "south"))).containsExactly(new float[] {0.5f, -1}, new float[] {0.25f, 2});
        assertThatThrownBy(() -> provider.embed("tiny", List.of("one"))).hasMessage("lan sent 2 embeddings for 1 texts");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/v1", "/v1/"})
    void its_url_may_name_the_version_or_not(String path) {
        server.plays("/v1/models", "v1-models");

        assertThat(new OpenAiProvider(http, "lan", HttpUrl.get(server.url() + path), null).models()).hasSize(9);
        assertThat(server.last().headers()).doesNotContainKey("Authorization");
    }

    private void streams(String... events) {
        var body = new StringBuilder();
        for (var event : events) {
            body.append("data: ").append(event).append("\n\n");
        }
        server.on(CHAT, 200, "text/event-stream", body.toString());
    }
}
