package ollamaweb.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import ollamaweb.chat.Exchange;
import ollamaweb.conversations.SystemPrompt;
import ollamaweb.http.ApiException;
import ollamaweb.json.Texts;
import ollamaweb.providers.ChatOptions;

/** Reads what a client asks a model, whichever of the two APIs it speaks, as far as a conversation can keep it. */
final class ExchangeReader {

    private static final int MAX_OPTION = 100_000;
    private static final List<String> OPENAI_OPTIONS = List.of("temperature", "top_p", "max_tokens", "max_completion_tokens", "seed",
            "stop", "presence_penalty", "frequency_penalty");
    private static final String CONTENT = "content";

    private final StoreWish wish;
    private final List<Exchange.Said> said = new ArrayList<>();
    private String system = "";

    private ExchangeReader(StoreWish wish) {
        this.wish = wish;
    }

    /**
     * @return empty where no answer is asked for: a model is only loaded, or none is named
     * @throws ApiException 422 if it cannot be kept
     */
    static Optional<Exchange> ollamaChat(StoreWish wish) {
        var reader = new ExchangeReader(wish);
        for (var message : wish.body().path("messages")) {
            reader.add(message.path("role").asText(), message.path(CONTENT).asText(), text(message.path("thinking")), message,
                    text(message.path("tool_name")), images(message.path("images")));
        }
        return reader.exchange(reader.ollamaOptions());
    }

    /** As {@link #ollamaChat}. */
    static Optional<Exchange> ollamaGenerate(StoreWish wish) {
        var reader = new ExchangeReader(wish);
        var body = wish.body();
        reader.add("system", body.path("system").asText(), null, body, null, List.of());
        var prompt = body.path("prompt").asText();
        if (!prompt.isEmpty()) {
            reader.add("user", prompt, null, body, null, images(body.path("images")));
        }
        return reader.exchange(reader.ollamaOptions());
    }

    /** As {@link #ollamaChat}. */
    static Optional<Exchange> openAiChat(StoreWish wish) {
        var reader = new ExchangeReader(wish);
        for (var message : wish.body().path("messages")) {
            var content = new ArrayList<String>();
            var images = new ArrayList<byte[]>();
            if (message.path(CONTENT).isArray()) {
                message.path(CONTENT).forEach(part -> readPart(part, content, images));
            } else {
                content.add(message.path(CONTENT).asText(""));
            }
            var thinking = text(message.has("reasoning_content") ? message.path("reasoning_content") : message.path("reasoning"));
            reader.add(message.path("role").asText(), String.join("\n", content), thinking, message, text(message.path("name")), images);
        }
        return reader.exchange(reader.openAiOptions());
    }

    /** Images that come as an address are not fetched for this. */
    private static void readPart(JsonNode part, List<String> content, List<byte[]> images) {
        if (part.hasNonNull("text")) {
            content.add(part.path("text").asText());
        }
        var url = part.path("image_url").path("url").asText(part.path("image_url").asText(""));
        int data = url.indexOf(";base64,");
        if (url.startsWith("data:") && data > 0) {
            images.add(image(url.substring(data + ";base64,".length())));
        }
    }

    private void add(String role, String content, String thinking, JsonNode message, String toolName, List<byte[]> images) {
        var kept = Texts.keepable(content);
        var calls = message.path("tool_calls");
        boolean hasCalls = calls.isArray() && !calls.isEmpty();
        var known = switch (role) {
            case "assistant", "tool" -> role;
            case "function" -> "tool";
            case "system", "developer" -> "system";
            default -> "user";
        };
        if (known.equals("system") && said.isEmpty()) {
            system += system.isEmpty() || kept.isEmpty() ? kept : "\n\n" + kept;
        } else {
            said.add(new Exchange.Said(known, kept, thinking == null ? null : Texts.keepable(thinking),
                    hasCalls ? Texts.keepable(calls.toString()) : null, known.equals("tool") ? toolName : null, images));
        }
    }

    private Optional<Exchange> exchange(ChatOptions options) {
        var model = Texts.keepable(wish.body().path("model").asText());
        if (said.isEmpty() || model.isEmpty()) {
            return Optional.empty();
        }
        boolean fits = Texts.length(system) <= SystemPrompt.MAX_LENGTH;
        if (!fits) {
            said.add(0, new Exchange.Said("system", system, null, null, null, List.of()));
        }
        return Optional
                .of(new Exchange(wish.conversationId(), model, fits ? SystemPrompt.clean(system) : null, said, options, wish.bytes()));
    }

    private ChatOptions ollamaOptions() {
        var body = wish.body();
        var named = new TreeMap<String, JsonNode>();
        body.path("options").properties().forEach(option -> put(named, option.getKey(), option.getValue()));
        return new ChatOptions(null, text(body.path("think")), named, small(body.path("format")), small(body.path("keep_alive")));
    }

    private ChatOptions openAiOptions() {
        var body = wish.body();
        var named = new TreeMap<String, JsonNode>();
        OPENAI_OPTIONS.forEach(name -> put(named, name, body.path(name)));
        return new ChatOptions(null, text(body.path("reasoning_effort")), named, small(body.path("response_format")), null);
    }

    private static void put(Map<String, JsonNode> named, String name, JsonNode value) {
        var small = small(value);
        if (small != null && named.size() < 100) {
            named.put(name, small);
        }
    }

    private static JsonNode small(JsonNode value) {
        return value.isMissingNode() || value.isNull() || value.toString().length() > MAX_OPTION ? null : value;
    }

    private static String text(JsonNode value) {
        return value.isMissingNode() || value.isNull() || value.asText().isEmpty() ? null : value.asText();
    }

    private static List<byte[]> images(JsonNode list) {
        var images = new ArrayList<byte[]>();
        list.forEach(image -> images.add(image(image.asText())));
        return images;
    }

    private static byte[] image(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("messages", "an image must be base64", "value_error");
        }
    }
}
