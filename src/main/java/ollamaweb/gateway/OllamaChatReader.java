package ollamaweb.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import ollamaweb.http.ApiException;
import ollamaweb.providers.Attachment;
import ollamaweb.providers.ChatOptions;
import ollamaweb.providers.ChatRequest;
import ollamaweb.providers.ChatRequest.Turn;

/** Reads the body of {@code POST /api/chat}, for servers that do not. */
final class OllamaChatReader {

    private static final JsonMapper LENIENT = new JsonMapper();
    private static final List<String> ROLES = List.of("system", "user", "assistant");

    private OllamaChatReader() {}

    /** @param stream whether the answer is to come piece by piece */
    record Chat(ChatRequest request, boolean stream) {}

    /** @throws ApiException 400 saying what cannot be passed on */
    static Chat read(byte[] body) {
        var json = json(body);
        if (!json.path("tools").isEmpty()) {
            throw ApiException.badRequest("tools cannot be passed on to a server of another kind");
        }
        var turns = new ArrayList<Turn>();
        for (var message : json.path("messages")) {
            turns.add(turn(message));
        }
        if (turns.isEmpty()) {
            throw ApiException.badRequest("messages is required");
        }
        var options = new HashMap<String, JsonNode>();
        json.path("options").properties().stream().filter(option -> !option.getValue().isNull())
                .forEach(option -> options.put(option.getKey(), option.getValue()));
        var format = json.path("format");
        return new Chat(new ChatRequest(json.path("model").asText(), turns, new ChatOptions(null, think(json.path("think")), options,
                format.isObject() || format.asText().equals("json") ? format : null, null)), json.path("stream").asBoolean(true));
    }

    private static JsonNode json(byte[] body) {
        try {
            return LENIENT.readTree(body);
        } catch (IOException e) {
            throw ApiException.badRequest("invalid JSON");
        }
    }

    private static Turn turn(JsonNode message) {
        var role = message.path("role").asText();
        if (!ROLES.contains(role)) {
            throw ApiException.badRequest("a message of this role cannot be passed on to a server of another kind");
        }
        var images = new ArrayList<Attachment>();
        for (var image : message.path("images")) {
            var bytes = bytes(image.asText());
            images.add(new Attachment("image", true, () -> new ByteArrayInputStream(bytes)));
        }
        return new Turn(role, message.path("content").asText(), images);
    }

    private static byte[] bytes(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("an image is not base64");
        }
    }

    private static String think(JsonNode think) {
        return think.isBoolean() || think.isTextual() ? think.asText() : null;
    }
}
