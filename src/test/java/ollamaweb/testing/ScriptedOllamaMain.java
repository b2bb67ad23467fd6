package ollamaweb.testing;

import static ollamaweb.testing.Script.say;
import static ollamaweb.testing.Script.thinking;
import static ollamaweb.testing.Script.tokens;
import static ollamaweb.testing.Script.toolCall;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.CountDownLatch;

/**
 * Runs a {@link ScriptedOllama} until it is killed: {@code [--port N]}. Beside its default models it has those that the official
 * clients are tested with, whichever API they speak.
 */
public final class ScriptedOllamaMain {
    private static final int OLLAMA_PORT = 11434;
    private static final String MESSAGES = "messages";

    private ScriptedOllamaMain() {}

    public static void main(String[] args) throws InterruptedException {
        var ollama = ScriptedOllama.start(port(args))
                .model("tools", ScriptedOllamaMain::callsTool)
                .model("schema", body -> body.has("format") || body.has("response_format")
                        ? say("{\"name\":\"Ada\",", "\"age\":36}")
                        : say("Ada, 36"))
                .model("vision", body -> say(images(body) + " image"))
                .model("thinker", body -> thinks(body) ? thinking("Let me ", "think.").then(say("42")) : say("42"))
                .model("embed", say("I only embed."))
                .model("slow", tokens(100_000, 50))
                .abilities("tools", "completion", "tools")
                .abilities("vision", "completion", "vision")
                .abilities("thinker", "completion", "thinking");
        System.out.println("scripted Ollama on " + ollama.url());
        new CountDownLatch(1).await();
    }

    private static Script callsTool(JsonNode body) {
        var messages = body.path(MESSAGES);
        var last = messages.path(messages.size() - 1);
        if (last.path("role").asText().equals("tool")) {
            return say("It is ", last.path("content").asText(), " in Paris.");
        }
        return body.path("tools").isEmpty() ? say("I have no tools.") : toolCall("get_weather", "{\"city\":\"Paris\"}");
    }

    private static int images(JsonNode body) {
        int images = 0;
        for (var message : body.path(MESSAGES)) {
            images += message.path("images").size();
            for (var part : message.path("content")) {
                images += part.path("type").asText().equals("image_url") ? 1 : 0;
            }
        }
        return images;
    }

    private static boolean thinks(JsonNode body) {
        return body.path("think").asBoolean(true);
    }

    private static int port(String... args) {
        if (args.length == 0) {
            return OLLAMA_PORT;
        }
        if (args.length == 2 && args[0].equals("--port")) {
            return Integer.parseInt(args[1]);
        }
        throw new IllegalArgumentException("usage: ScriptedOllamaMain [--port N]");
    }
}
