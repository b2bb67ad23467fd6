package ollamaweb.imports.sources.claude;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ollamaweb.imports.sources.AnswerParts;
import ollamaweb.imports.sources.Fence;
import ollamaweb.imports.sources.Fields;
import ollamaweb.imports.sources.Loss;
import ollamaweb.imports.sources.Losses;

/** The blocks of which Claude makes a message. */
final class ClaudeBlocks {

    private static final String ARTIFACTS = "artifacts";

    private final Losses losses;
    private final AnswerParts parts = new AnswerParts();
    private final Map<String, String> toolNames = new HashMap<>();

    ClaudeBlocks(Losses losses) {
        this.losses = losses;
    }

    AnswerParts read(JsonNode blocks) {
        if (blocks.isTextual()) {
            return parts.text(blocks.asText());
        }
        blocks.forEach(this::readOne);
        return parts;
    }

    private void readOne(JsonNode block) {
        switch (String.valueOf(Fields.text(block, "type"))) {
            case "text", "voice_note" -> parts.text(Fields.text(block, "text"));
            case "thinking" -> parts.think(Fields.text(block, "thinking", "text"));
            case "tool_use" -> use(block);
            case "tool_result" -> result(block);
            case "image", "document" -> losses.add(Loss.FILE);
            case "flag", "token_budget", "redacted_thinking" -> {
                // nothing that anybody said
            }
            default -> {
                if (block.isTextual()) {
                    parts.text(block.asText());
                } else if (Fields.textUnlessBlank(block, "text") != null) {
                    parts.text(Fields.text(block, "text"));
                } else {
                    losses.add(Loss.PART);
                }
            }
        }
    }

    private void use(JsonNode block) {
        var name = Fields.textUnlessBlank(block, "name");
        if (ARTIFACTS.equals(name) && Fields.textUnlessBlank(block.path("input"), "content") != null) {
            artifact(block.path("input"));
            return;
        }
        var id = Fields.text(block, "id");
        if (id != null && name != null) {
            toolNames.put(id, name);
        }
        parts.call(name, block.path("input"));
    }

    /** What Claude shows beside the conversation is part of the answer. */
    private void artifact(JsonNode input) {
        var title = Fields.textUnlessBlank(input, "title");
        var language = Fields.text(input, "language");
        boolean isMarkdown = "text/markdown".equals(Fields.text(input, "type"));
        parts.text((title == null ? "" : "**" + title + "**\n\n")
                + (isMarkdown ? Fields.text(input, "content") : Fence.of(language, Fields.text(input, "content"))));
    }

    private void result(JsonNode block) {
        var name = Fields.textUnlessBlank(block, "name");
        if (ARTIFACTS.equals(name)) {
            return; // says that it is shown
        }
        name = name == null ? toolNames.get(String.valueOf(Fields.text(block, "tool_use_id"))) : name;
        parts.result(name, text(block.path("content")));
    }

    private String text(JsonNode content) {
        if (!content.isArray()) {
            return content.isTextual() ? content.asText() : "";
        }
        List<String> texts = new ArrayList<>();
        for (var part : content) {
            var text = part.isTextual() ? part.asText() : Fields.text(part, "text", "title", "url");
            if (text != null) {
                texts.add(text);
            } else {
                losses.add("image".equals(Fields.text(part, "type")) ? Loss.FILE : Loss.PART);
            }
        }
        return String.join("\n\n", texts);
    }
}
