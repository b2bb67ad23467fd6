package ollamaweb.imports.sources.chatgpt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ollamaweb.imports.sources.Fence;
import ollamaweb.imports.sources.Fields;
import ollamaweb.imports.sources.Loss;
import ollamaweb.imports.sources.Losses;
import ollamaweb.imports.sources.MessageBuilder;
import ollamaweb.imports.sources.Role;
import ollamaweb.imports.sources.Times;
import ollamaweb.imports.sources.ToolCalls;

/** What stands in a message of ChatGPT, of each of its kinds. */
final class ChatGptContent {

    private static final String BETWEEN = "\n\n";
    private static final Set<String> CONTEXTS = Set.of("user_editable_context", "model_editable_context", "reasoning_recap");

    private final ChatGptMedia media;
    private final Losses losses;
    private final String defaultModel;

    ChatGptContent(ChatGptMedia media, Losses losses, String defaultModel) {
        this.media = media;
        this.losses = losses;
        this.defaultModel = defaultModel;
    }

    /** @return what the model thought, if that is what the message is of, or null */
    String thought(JsonNode message) {
        var content = message.path("content");
        if (!"thoughts".equals(Fields.text(content, "content_type"))) {
            return null;
        }
        var texts = new ArrayList<String>();
        content.path("thoughts").forEach(thought -> {
            add(texts, Fields.text(thought, "summary"));
            add(texts, Fields.text(thought, "content"));
        });
        return String.join(BETWEEN, texts);
    }

    /** @return null where nothing of it is shown */
    MessageBuilder message(String id, JsonNode message) {
        if (message.isMissingNode() || message.isNull()) {
            return null;
        }
        var role = Role.of(Fields.text(message.path("author"), "role"));
        var content = message.path("content");
        if (role == null) {
            losses.add(Loss.MESSAGE);
            return null;
        }
        if (role.equals(Role.SYSTEM) || isHidden(message, content)) {
            return null;
        }
        var made = begin(id, message, role);
        var recipient = Fields.textUnlessBlank(message, "recipient");
        var texts = new ArrayList<String>();
        Map<String, String> attached = attached(message);
        Set<String> used = new HashSet<>();
        if (role.equals(Role.ASSISTANT) && recipient != null && !recipient.equals("all")) {
            call(made, recipient, content, texts);
        } else {
            read(content, texts, made, attached, used);
        }
        attached.forEach((file, name) -> {
            if (used.add(file)) {
                attach(made, file, name);
            }
        });
        made.content(String.join(BETWEEN, texts));
        return made.isEmpty() && !role.equals(Role.USER) ? null : made;
    }

    MessageBuilder begin(String id, JsonNode message, String role) {
        var made = new MessageBuilder(id, null, role).createdAt(Times.seconds(message.path("create_time")));
        if (role.equals(Role.ASSISTANT)) {
            var model = Fields.textUnlessBlank(message.path("metadata"), "model_slug");
            made.modelName(model == null ? defaultModel : model);
        } else if (role.equals(Role.TOOL)) {
            made.toolName(Fields.text(message.path("author"), "name"));
        }
        return made;
    }

    private static boolean isHidden(JsonNode message, JsonNode content) {
        var type = Fields.text(content, "content_type");
        return Fields.isTrue(message.path("metadata"), "is_visually_hidden_from_conversation")
                || type != null && CONTEXTS.contains(type);
    }

    private static void call(MessageBuilder made, String tool, JsonNode content, List<String> texts) {
        var input = new ArrayList<String>();
        add(input, Fields.text(content, "text"));
        content.path("parts").forEach(part -> add(input, part.isTextual() ? part.asText() : null));
        var text = String.join(BETWEEN, input);
        var calls = new ToolCalls();
        if (!calls.add(tool, TextNode.valueOf(text))) {
            texts.add(Fence.of(Fields.text(content, "language"), text));
            calls.add(tool, TextNode.valueOf(""));
        }
        made.toolCalls(calls.json());
    }

    private void read(JsonNode content, List<String> texts, MessageBuilder made, Map<String, String> attached, Set<String> used) {
        var type = String.valueOf(Fields.text(content, "content_type"));
        if (type.equals("code")) {
            var code = Fields.textUnlessBlank(content, "text");
            var language = Fields.text(content, "language");
            add(texts, code == null ? null : Fence.of("unknown".equals(language) ? null : language, code));
            return;
        }
        for (var part : content.path("parts")) {
            if (part.isTextual()) {
                add(texts, part.asText());
            } else if (part.isObject()) {
                readPart(part, texts, made, attached, used);
            }
        }
        if (!content.has("parts")) {
            add(texts, Fields.text(content, "text", "result", "content"));
        }
    }

    private void readPart(JsonNode part, List<String> texts, MessageBuilder made, Map<String, String> attached, Set<String> used) {
        var type = String.valueOf(Fields.text(part, "content_type"));
        if (type.equals("image_asset_pointer")) {
            var id = ChatGptMedia.id(Fields.text(part, "asset_pointer"));
            if (id == null || used.add(id)) {
                attach(made, id, attached.get(id));
            }
        } else if (Fields.text(part, "text") != null) {
            add(texts, Fields.text(part, "text"));
        } else {
            losses.add(type.contains("audio") || type.contains("video") ? Loss.RECORDING : Loss.PART);
        }
    }

    private void attach(MessageBuilder made, String id, String name) {
        media.find(id, name).ifPresentOrElse(made::file, () -> losses.add(Loss.FILE));
    }

    /** @return the names of the files that came with the message, by their ids */
    private static Map<String, String> attached(JsonNode message) {
        var attached = new LinkedHashMap<String, String>();
        message.path("metadata").path("attachments").forEach(file -> {
            var id = Fields.textUnlessBlank(file, "id");
            if (id != null) {
                attached.put(id, Fields.textUnlessBlank(file, "name"));
            }
        });
        return attached;
    }

    private static void add(List<String> texts, String text) {
        if (text != null && !text.isBlank()) {
            texts.add(text);
        }
    }
}
