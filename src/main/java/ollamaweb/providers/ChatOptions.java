package ollamaweb.providers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * How an answer is to be made; what is null is left to the model or its server.
 *
 * @param temperature 0 to 2
 * @param think       {@code true}, {@code false}, {@code low}, {@code medium}, {@code high} or {@code max}
 * @param options     Ollama's, by their names; other kinds take those that they know
 * @param format      the text {@code json}, or a JSON schema
 * @param keepAlive   how long the model stays loaded: seconds, or a duration such as {@code 5m}
 */
public record ChatOptions(Double temperature, String think, Map<String, JsonNode> options, JsonNode format, JsonNode keepAlive) {

    public ChatOptions {
        options = options == null ? Map.of() : Map.copyOf(options);
    }

    /** Nothing but a temperature. */
    public static ChatOptions ofTemperature(double temperature) {
        return new ChatOptions(temperature, null, null, null, null);
    }

    /** @return whether the model is asked to think, which it has to be able to */
    public boolean wantsThinking() {
        return think != null && !think.equals("false");
    }
}
