package ollamaweb.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Makes a {@link ScriptedServer} play a server with OpenAI's or Anthropic's API. */
public final class ScriptedOpenAi {

    private ScriptedOpenAi() {}

    /** Starts one with these models, which all say the same, piece by piece. */
    public static ScriptedServer start(String[] models, String... pieces) {
        return ScriptedServer.start()
                .on("/v1/models", 200, "application/json", models(models))
                .on("/v1/chat/completions", exchange -> stream(exchange, Arrays.stream(pieces)
                        .map(piece -> "{\"choices\":[{\"index\":0,\"delta\":{\"content\":" + OllamaJson.quote(piece) + "}}]}")
                        .toArray(String[]::new), "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}",
                        "{\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":" + pieces.length + "}}", "[DONE]"));
    }

    /** As {@link #start}, with Anthropic's API. */
    public static ScriptedServer startAnthropic(String[] models, String... pieces) {
        return ScriptedServer.start()
                .on("/v1/models", 200, "application/json", models(models))
                .on("/v1/messages", exchange -> stream(exchange, Arrays.stream(pieces)
                        .map(piece -> "{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":"
                                + OllamaJson.quote(piece) + "}}")
                        .toArray(String[]::new),
                        "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":1}}",
                        "{\"type\":\"message_stop\"}"));
    }

    public static String models(String... names) {
        return Arrays.stream(names).map(name -> "{\"id\":" + OllamaJson.quote(name) + ",\"object\":\"model\",\"created\":1795268014}")
                .collect(Collectors.joining(",", "{\"object\":\"list\",\"data\":[", "]}"));
    }

    private static void stream(HttpExchange exchange, String[] pieces, String... last) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        for (var events : new String[][] {pieces, last}) {
            for (var event : events) {
                exchange.getResponseBody().write(("data: " + event + "\n\n").getBytes(UTF_8));
                exchange.getResponseBody().flush();
            }
        }
    }
}
