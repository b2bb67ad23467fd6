package ollamaweb.providers.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import ollamaweb.providers.ChatOptions;
import ollamaweb.providers.ChatRequest;
import ollamaweb.providers.ChatRequest.Turn;

/** The body of {@code POST v1/messages}: what it has no name for is left out. */
final class AnthropicChatBody {

    private static final String SYSTEM = "system";
    private static final String ASSISTANT = "assistant";
    /** There it has to be said how long an answer may become. */
    private static final int MAX_TOKENS = 8192;
    private static final Map<String, Integer> BUDGETS = Map.of("low", 2048, "true", 8192, "medium", 8192, "high", 16_384, "max", 24_576);

    private AnthropicChatBody() {}

    private record Thinking(String type, int budgetTokens) {}

    private record OutputConfig(Format format) {}

    private record Format(String type, JsonNode schema) {}

    /** @return a request for an answer that comes piece by piece */
    static Map<String, Object> streaming(ChatRequest chat) {
        var body = new LinkedHashMap<String, Object>();
        body.put("model", chat.model());
        var options = chat.options();
        var budget = options.think() == null ? null : BUDGETS.get(options.think());
        body.put("max_tokens", maxTokens(options) + (budget == null ? 0 : budget));
        var system = chat.messages().stream().filter(turn -> turn.role().equals(SYSTEM)).map(Turn::content)
                .collect(Collectors.joining("\n\n"));
        if (!system.isBlank()) {
            body.put(SYSTEM, system);
        }
        body.put("messages", messages(chat.messages()));
        body.put("stream", true);
        if (budget == null) {
            putTemperature(body, options);
        } else { // which has a temperature of its own
            body.put("thinking", new Thinking("enabled", budget));
        }
        put(body, "stop_sequences", options.options().get("stop"));
        if (options.format() != null && options.format().isObject()) {
            body.put("output_config", new OutputConfig(new Format("json_schema", options.format())));
        }
        return body;
    }

    /** The first has to be a question, and what an answer goes on from may not end in white space. */
    private static List<AnthropicTurn> messages(List<Turn> turns) {
        var said = turns.stream().filter(turn -> !turn.role().equals(SYSTEM)).map(AnthropicTurn::new)
                .filter(turn -> !turn.isEmpty())
                .dropWhile(turn -> turn.turn().role().equals(ASSISTANT)).collect(Collectors.toList());
        var last = said.isEmpty() ? null : said.get(said.size() - 1).turn();
        if (last != null && last.role().equals(ASSISTANT)) {
            said.set(said.size() - 1, new AnthropicTurn(new Turn(ASSISTANT, last.content().stripTrailing(), last.files())));
        }
        return said;
    }

    private static int maxTokens(ChatOptions options) {
        var most = options.options().get("num_predict");
        return most == null || most.intValue() <= 0 ? MAX_TOKENS : Math.min(most.intValue(), 1_000_000);
    }

    /** At most 1 there, where ours goes to 2; newer models refuse to be given more than one of the two. */
    private static void putTemperature(Map<String, Object> body, ChatOptions options) {
        var own = options.options().get("temperature");
        var temperature = options.temperature() == null && own != null ? (Double) own.doubleValue() : options.temperature();
        if (temperature != null) {
            body.put("temperature", Math.min(1.0, temperature));
        } else {
            put(body, "top_p", options.options().get("top_p"));
        }
        put(body, "top_k", options.options().get("top_k"));
    }

    private static void put(Map<String, Object> body, String name, JsonNode value) {
        if (value != null) {
            body.put(name, value);
        }
    }
}
