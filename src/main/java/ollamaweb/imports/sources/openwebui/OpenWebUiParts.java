package ollamaweb.imports.sources.openwebui;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ollamaweb.imports.sources.AnswerParts;
import ollamaweb.imports.sources.Fields;
import ollamaweb.imports.sources.Loss;
import ollamaweb.imports.sources.Losses;
import ollamaweb.imports.sources.Role;
import ollamaweb.imports.sources.ThinkTags;
import ollamaweb.imports.sources.ToolCalls;
import ollamaweb.json.Json;

/** The parts of an answer, which newer versions of Open WebUI list, and older ones put into its text. */
final class OpenWebUiParts {

    private static final String INTERPRETER = "code_interpreter";

    private OpenWebUiParts() {}

    static AnswerParts of(JsonNode message, String role, Losses losses) {
        if (!role.equals(Role.ASSISTANT)) {
            return new AnswerParts().text(text(message.path("content")));
        }
        var listed = listed(message.path("output"), losses);
        var text = text(message.path("content"));
        return listed.hasText() || text.isBlank() ? listed : fromText(text);
    }

    /** @return the URLs of images in a content that is a list, as OpenAI writes it */
    static List<String> images(JsonNode content) {
        var urls = new ArrayList<String>();
        content.forEach(part -> {
            if (part.has("image_url")) {
                var url = part.path("image_url");
                urls.add(url.isTextual() ? url.asText() : Fields.text(url, "url"));
            }
        });
        return urls;
    }

    private static AnswerParts listed(JsonNode output, Losses losses) {
        Map<String, String> results = new HashMap<>();
        for (var item : output) {
            if ("function_call_output".equals(Fields.text(item, "type"))) {
                results.put(String.valueOf(Fields.text(item, "call_id")), text(item.path("output")));
            }
        }
        var parts = new AnswerParts();
        for (var item : output) {
            switch (String.valueOf(Fields.text(item, "type"))) {
                case "reasoning" -> {
                    var thought = text(item.path("content"));
                    parts.think(thought.isBlank() ? text(item.path("summary")) : thought);
                }
                case "function_call" -> {
                    var name = Fields.text(item, "name");
                    parts.call(name, item.path("arguments")).result(name, results.get(String.valueOf(Fields.text(item, "call_id"))));
                }
                case "open_webui:code_interpreter", INTERPRETER -> parts.call(INTERPRETER, code(text(item.path("code"))))
                        .result(INTERPRETER, item.has("output") ? text(item.path("output")) : null);
                case "function_call_output" -> {
                    // told with its call
                }
                default -> {
                    var text = text(item.path("content"));
                    parts.text(text);
                    losses.add(Loss.PART, text.isEmpty() && !"message".equals(Fields.text(item, "type")) ? 1 : 0);
                }
            }
        }
        return parts;
    }

    private static AnswerParts fromText(String text) {
        var blocks = DetailsBlock.split(text);
        if (blocks.size() == 1 && blocks.get(0).type().equals(DetailsBlock.TEXT)) {
            return addText(new AnswerParts(), text);
        }
        var parts = new AnswerParts();
        for (var block : blocks) {
            switch (block.type()) {
                case DetailsBlock.TEXT -> addText(parts, block.body().strip());
                case "reasoning" -> parts.think(block.body());
                case "tool_calls" -> {
                    var name = block.attributes().get("name");
                    parts.call(name, TextNode.valueOf(block.attributes().getOrDefault("arguments", "")))
                            .result(name, unquoted(block.attributes().get("result")));
                }
                default -> parts.call(INTERPRETER, code(unfenced(block.body())))
                        .result(INTERPRETER, unquoted(block.attributes().get("output")));
            }
        }
        return parts;
    }

    private static AnswerParts addText(AnswerParts parts, String text) {
        var tagged = ThinkTags.split(text);
        return parts.think(tagged.thinking()).text(tagged.content());
    }

    /** @return the text; where it is a list of parts, theirs */
    private static String text(JsonNode content) {
        if (content.isArray()) {
            var texts = new ArrayList<String>();
            content.forEach(part -> {
                var text = part.isTextual() ? part.asText() : Fields.text(part, "text");
                if (text != null) {
                    texts.add(text);
                }
            });
            return String.join("\n\n", texts);
        }
        return content.isObject() ? ToolCalls.write(content) : content.asText("");
    }

    private static JsonNode code(String code) {
        return JsonNodeFactory.instance.objectNode().put("code", code);
    }

    /** @return what a tool gave, which stands there as a JSON text, or as it is */
    private static String unquoted(String result) {
        if (result == null || result.length() < 2 || !result.startsWith("\"") || !result.endsWith("\"")) {
            return result;
        }
        try {
            return Json.read(result, String.class);
        } catch (UncheckedIOException e) {
            return result;
        }
    }

    private static String unfenced(String code) {
        var lines = code.strip();
        if (lines.startsWith("```") && lines.endsWith("```") && lines.indexOf('\n') > 0) {
            return lines.substring(lines.indexOf('\n') + 1, lines.length() - 3).strip();
        }
        return lines;
    }
}
