package ollamaweb.imports.sources.openwebui;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import ollamaweb.imports.sources.DataUrl;
import ollamaweb.imports.sources.Fields;
import ollamaweb.imports.sources.Loss;
import ollamaweb.imports.sources.Losses;
import ollamaweb.imports.sources.MessageBuilder;
import ollamaweb.imports.sources.Role;
import ollamaweb.imports.sources.SourceConversation;
import ollamaweb.imports.sources.SourceFile;
import ollamaweb.imports.sources.SourceMessage;
import ollamaweb.imports.sources.Times;
import ollamaweb.imports.sources.UnreadableException;

/** A chat of Open WebUI: a map of messages that name their parents; in very old ones a list. */
final class OpenWebUiConversation {

    private static final double NANOS_A_MILLI = 1e6;

    private final JsonNode json;
    private final JsonNode chat;
    private final Losses losses = new Losses();
    private final List<SourceMessage> messages = new ArrayList<>();

    OpenWebUiConversation(JsonNode json) {
        this.json = json;
        this.chat = json.path("chat");
    }

    SourceConversation read() throws IOException {
        var history = chat.path("history").path("messages");
        if (history.isObject()) {
            history.properties()
                    .forEach(entry -> add(entry.getValue(), entry.getKey(), Fields.textUnlessBlank(entry.getValue(), "parentId")));
        } else if (chat.path("messages").isArray()) {
            addList(chat.path("messages"));
        } else {
            throw new UnreadableException("There are no messages in it.");
        }
        var model = chat.path("models").path(0);
        return new SourceConversation(Fields.textUnlessBlank(json, "id"), Fields.textUnlessBlank(json.has("title") ? json : chat, "title"),
                model.isTextual() && !model.asText().isBlank() ? model.asText() : null, systemPrompt(),
                time("created_at"), time("updated_at"), Fields.isTrue(json, "pinned"), Fields.isTrue(json, "archived"), tags(),
                Fields.textUnlessBlank(chat.path("history"), "currentId"), messages, losses.notes());
    }

    private void addList(JsonNode list) {
        String before = null;
        for (int i = 0; i < list.size(); i++) {
            var id = Fields.textUnlessBlank(list.get(i), "id");
            id = id == null ? "message " + i : id;
            add(list.get(i), id, list.get(i).has("parentId") ? Fields.textUnlessBlank(list.get(i), "parentId") : before);
            before = id;
        }
    }

    private void add(JsonNode message, String id, String parentId) {
        var role = Role.of(Fields.text(message, "role"));
        if (role == null) {
            losses.add(Loss.MESSAGE);
            return;
        }
        var usage = message.path(message.has("usage") ? "usage" : "info");
        var made = new MessageBuilder(id, parentId, role).createdAt(Times.seconds(message.path("timestamp")))
                .favorite(Fields.isTrue(message, "favorite"));
        if (role.equals(Role.ASSISTANT)) {
            made.modelName(Fields.textUnlessBlank(message, "model"))
                    .tokens(Fields.count(usage, "eval_count", "completion_tokens", "output_tokens"),
                            Fields.count(usage, "prompt_eval_count", "prompt_tokens", "input_tokens"))
                    .durationMs(duration(usage)).rated(rating(message.path("annotation").path("rating")));
        }
        message.path("files").forEach(file -> addFile(made, file));
        var parts = OpenWebUiParts.of(message, role, losses);
        OpenWebUiParts.images(message.path("content")).forEach(url -> addImage(made, "", url));
        if (parts.isEmpty() && message.path("error").isContainerNode()) {
            losses.add(Loss.FAILED_ANSWER);
        }
        messages.addAll(parts.messages(made));
    }

    private void addFile(MessageBuilder made, JsonNode file) {
        var name = Fields.textUnlessBlank(file, "name");
        var inner = file.path("file");
        var text = Fields.textUnlessBlank(inner.path("data"), "content");
        if (text != null) {
            var own = name == null ? Fields.textUnlessBlank(inner, "filename") : name;
            made.file(DataUrl.text(own == null ? "" : own, text));
        } else {
            addImage(made, name == null ? "" : name, Fields.text(file, "url"));
        }
    }

    private void addImage(MessageBuilder made, String name, String url) {
        SourceFile image = DataUrl.isOne(url) ? DataUrl.file(name, url) : null;
        if (image == null) {
            losses.add(Loss.FILE);
        } else {
            made.file(image);
        }
    }

    private String systemPrompt() {
        var own = Fields.textUnlessBlank(chat, "system");
        return own == null ? Fields.textUnlessBlank(chat.path("params"), "system") : own;
    }

    /** The row tells seconds, the chat in it milliseconds. */
    private Instant time(String name) {
        var ofRow = Times.seconds(json.path(name));
        return ofRow == null && name.equals("created_at") ? Times.milliseconds(chat.path("timestamp")) : ofRow;
    }

    private List<String> tags() {
        var found = json.path("meta").path("tags");
        var tags = new ArrayList<String>();
        (found.isArray() ? found : chat.path("tags")).forEach(tag -> {
            var name = tag.isTextual() ? tag.asText() : Fields.text(tag, "name");
            if (name != null && !name.isBlank()) {
                tags.add(name);
            }
        });
        return tags;
    }

    private static Long duration(JsonNode usage) {
        var nanos = usage.path("total_duration");
        return nanos.isNumber() && nanos.asDouble() >= 0 ? (long) (nanos.asDouble() / NANOS_A_MILLI) : null;
    }

    private static Boolean rating(JsonNode rating) {
        return rating.asInt(0) == 0 ? null : rating.asInt() > 0;
    }
}
