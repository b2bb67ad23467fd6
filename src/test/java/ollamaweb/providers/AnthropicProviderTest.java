package ollamaweb.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import okhttp3.HttpUrl;
import ollamaweb.json.Json;
import ollamaweb.outbound.OutboundGuard;
import ollamaweb.outbound.UpstreamHosts;
import ollamaweb.providers.ChatRequest.Turn;
import ollamaweb.providers.ProviderException.Reason;
import ollamaweb.providers.anthropic.AnthropicProvider;
import ollamaweb.testing.HeardChat;
import ollamaweb.testing.ScriptedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnthropicProviderTest {

    private static final String CHAT = "/v1/messages";
    private static final ChatRequest HI = new ChatRequest("claude", List.of(new Turn("user", "hi")), ChatOptions.ofTemperature(1.5));

    private final ScriptedServer server = ScriptedServer.start();
    private final HttpUrl url = HttpUrl.get(server.url());
    private final UpstreamHttp http = new UpstreamHttp(new OutboundGuard(UpstreamHosts.of(List.of(), url)));
    private final AnthropicProvider provider = new AnthropicProvider(http, "anthropic", url, "sk-ant");
    private final HeardChat heard = new HeardChat();

    @AfterEach
    void close() {
        http.close();
        server.close();
    }

    @Test
    void a_listener_hears_thinking_content_tools_and_the_end_with_its_counts() {
        streams("""
            {"type":"message_start","message":{"usage":{"input_tokens":20,"cache_read_input_tokens":5,"output_tokens":1}}}
            {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}
            {"type":"ping"}
            {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Hm."}}
            {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"EqQB"}}
            {"type":"content_block_stop","index":0}
            {"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}
            {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"Yes"}}
            {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"!"}}
            {"type":"content_block_stop","index":1}
            {"type":"content_block_start","index":2,"content_block":{"type":"tool_use","id":"toolu_1","name":"weather","input":{}}}
            {"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"{\\"city\\":"}}
            {"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"1}"}}
            {"type":"content_block_stop","index":2}
            {"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":89}}
            {"type":"message_stop"}
            """);

        provider.chat(HI, heard).run();

        assertThat(heard.thinking()).isEqualTo("Hm.");
        assertThat(heard.content()).isEqualTo("Yes!");
        assertThat(heard.tools()).containsExactly(new ToolCall("toolu_1", "weather", "{\"city\":1}"));
        assertThat(heard.end()).isEqualTo(new ChatEnd(89, 25, "tool_calls", null));
        assertThat(heard.signsOfLife()).isEqualTo(16);
        assertThat(server.last().headers().getFirst("x-api-key")).isEqualTo("sk-ant");
        assertThat(server.last().headers().getFirst("anthropic-version")).isEqualTo("2023-06-01");
        assertThat(server.last().body()).isEqualTo("{\"model\":\"claude\",\"max_tokens\":8192,"
                + "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"hi\"}]}],\"stream\":true,\"temperature\":1.0}");
    }

    @ParameterizedTest
    @CsvSource({"end_turn,stop", "max_tokens,length", "stop_sequence,stop", "refusal,refusal"})
    void why_it_ended_is_told_in_the_words_of_all(String theirs, String ours) {
        streams("{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"" + theirs + "\"}}\n{\"type\":\"message_stop\"}");

        provider.chat(HI, heard).run();

        assertThat(heard.end().doneReason()).isEqualTo(ours);
    }

    @Test
    void options_images_and_thinking_are_told_in_its_words() {
        streams("{\"type\":\"message_stop\"}");
        var image = new Attachment("cat.png", true, () -> new ByteArrayInputStream(new byte[] {(byte) 0x89, 'P', 'N', 'G'}));
        var options = new ChatOptions(0.5, "low", Map.<String, JsonNode>of("num_predict", new IntNode(100), "seed", new IntNode(1),
                "stop", Json.MAPPER.createArrayNode().add("END")), Json.MAPPER.createObjectNode().put("type", "object"), null);
        var turns = List.of(new Turn("system", "Be brief."), new Turn("assistant", "Left over"), new Turn("user", "", List.of(image)),
                new Turn("assistant", "It is "));

        provider.chat(new ChatRequest("claude", turns, options), heard).run();

        assertThat(server.last().body()).isEqualTo("{\"model\":\"claude\",\"max_tokens\":2148,\"system\":\"Be brief.\",\"messages\":["
                + "{\"role\":\"user\",\"content\":[{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\","
                + "\"data\":\"iVBORw==\"}}]},{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"It is\"}]}],\"stream\":true,"
                + "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2048},\"stop_sequences\":[\"END\"],"
                + "\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":{\"type\":\"object\"}}}}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "401 | application/json | {\"type\":\"error\",\"error\":{\"message\":\"invalid x-api-key\"}} | REFUSED | anthropic does not accept the API key",
            "404 | application/json | {\"type\":\"error\",\"error\":{\"message\":\"model: claude\"}} | MODEL_NOT_FOUND | Model 'claude' not found",
            "404 | text/html | <h1>Not Found</h1> | BROKEN | There is no Anthropic API at this URL",
            "529 | application/json | {\"type\":\"error\",\"error\":{\"message\":\"Overloaded\"}} | REFUSED | anthropic: Overloaded",
            "302 | text/html | moved | BROKEN | anthropic answered with a redirect, which is not followed",
            "200 | application/json | {\"content\":[]} | BROKEN | anthropic sent something that is not an answer",
            "200 | text/event-stream | data: {\"type\":\"error\",\"error\":{\"message\":\"Overloaded\"}} | REFUSED | anthropic: Overloaded",
            "200 | text/event-stream | data: [1] | BROKEN | anthropic sent something that is not an answer",
            "200 | text/event-stream | data: {\"type\":\"ping\"} | BROKEN | anthropic ended the answer too early"})
    void each_way_to_fail(int status, String type, String body, Reason reason, String message) {
        server.on(CHAT, status, type, body + "\n\n");

        assertThatThrownBy(() -> provider.chat(HI, heard).run()).isInstanceOfSatisfying(ProviderException.class,
                e -> assertThat(e.reason()).isEqualTo(reason)).hasMessage(message);
        assertThat(heard.end()).isNull();
    }

    @Test
    void models_are_described_as_ollama_describes_its_own() {
        server.on("/v1/models", 200, "application/json", """
            {"data":[{"type":"model","id":"claude-x","display_name":"Claude X","created_at":"2026-02-19T00:00:00Z"},
            {"id":"claude-y","created_at":"soon"}],"has_more":false}""");

        assertThat(provider.models()).extracting(model -> model.path("name").asText()).containsExactly("claude-x", "claude-y");
        assertThat(provider.show("claude-x").path("modified_at").asText()).isEqualTo("2026-02-19T00:00:00Z");
        assertThatThrownBy(() -> provider.show("nope")).hasMessage("Model 'nope' not found");
        assertThatThrownBy(() -> provider.embed("claude-x", List.of("a"))).hasMessage("anthropic has no embeddings");
    }

    private void streams(String events) {
        server.on(CHAT, 200, "text/event-stream", events.lines().map(event -> "event: x\ndata: " + event + "\n\n")
                .collect(Collectors.joining()));
    }
}
