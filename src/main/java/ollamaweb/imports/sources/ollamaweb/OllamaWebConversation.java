package ollamaweb.imports.sources.ollamaweb;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import ollamaweb.imports.sources.DataUrl;
import ollamaweb.imports.sources.Fields;
import ollamaweb.imports.sources.Loss;
import ollamaweb.imports.sources.Losses;
import ollamaweb.imports.sources.MessageBuilder;
import ollamaweb.imports.sources.Role;
import ollamaweb.imports.sources.SourceContainer;
import ollamaweb.imports.sources.SourceConversation;
import ollamaweb.imports.sources.SourceEnding;
import ollamaweb.imports.sources.SourceFile;
import ollamaweb.imports.sources.SourceMessage;
import ollamaweb.imports.sources.Times;
import ollamaweb.imports.sources.ToolCalls;
import ollamaweb.imports.sources.UnreadableException;

/** A conversation as this program exports it. */
final class OllamaWebConversation {

    private final JsonNode json;
    private final ExportManifest manifest;
    private final SourceContainer container;
    private final Losses losses = new Losses();
    private final List<SourceMessage> messages = new ArrayList<>();
    private final Set<String> members;

    /**
     * @param manifest of the zip in which it is; null: it is a document by itself, whose ids mean nothing
     * @param members  the names of what is in the zip
     */
    OllamaWebConversation(JsonNode json, ExportManifest manifest, SourceContainer container, Set<String> members) {
        this.json = json;
        this.manifest = manifest;
        this.container = container;
        this.members = members;
    }

    SourceConversation read() throws IOException {
        if (!json.path("messages").isArray()) {
            throw new UnreadableException("There are no messages in it.");
        }
        String before = null;
        for (var message : json.path("messages")) {
            var id = id(message, "id");
            id = id == null ? "message " + messages.size() : id;
            add(message, id, message.has("parent_id") ? id(message, "parent_id") : before);
            before = id;
        }
        return new SourceConversation(manifest == null ? null : id(json, "id"), Fields.text(json, "title"),
                Fields.textUnlessBlank(json, "model_name"), Fields.text(json, "system_prompt"), Times.of(Fields.text(json, "created_at")),
                Times.of(Fields.text(json, "updated_at")), Fields.isTrue(json, "pinned"), Fields.isTrue(json, "archived"), tags(),
                id(json, "current_message_id"), messages, losses.notes());
    }

    /** @return the id with the account that it is of, since others have the same; null where there is none */
    private String id(JsonNode object, String name) {
        var id = Fields.textUnlessBlank(object, name);
        return id == null || manifest == null ? id : manifest.key(id);
    }

    private void add(JsonNode message, String id, String parentId) {
        var role = Role.of(Fields.text(message, "role"));
        if (role == null) {
            losses.add(Loss.MESSAGE);
            return;
        }
        var calls = message.path("tool_calls");
        var duration = message.path("duration_ms");
        messages.add(new SourceMessage(id, parentId, role, text(message, "content"), Fields.text(message, "thinking"),
                Fields.textUnlessBlank(message, "model_name"), calls.isArray() ? ToolCalls.write(calls) : null,
                Fields.textUnlessBlank(message, "tool_name"), Times.of(Fields.text(message, "created_at")),
                Fields.isTrue(message, "favorite"), Fields.textUnlessBlank(message, "reaction"), Fields.count(message, "tokens_used"),
                Fields.count(message, "prompt_tokens"), duration.canConvertToLong() && duration.asLong() >= 0 ? duration.asLong() : null,
                ending(message), files(message.path("files"))));
    }

    private static SourceEnding ending(JsonNode message) {
        return new SourceEnding(Fields.text(message, "status"), Fields.text(message, "error"), Fields.text(message, "done_reason"));
    }

    private List<SourceFile> files(JsonNode list) {
        var files = new ArrayList<SourceFile>();
        for (var file : list) {
            var name = text(file, "name");
            var data = Fields.text(file, "data");
            var path = manifest == null || !file.has("path") ? null : manifest.folder() + text(file, "path");
            if (data != null) {
                files.add(DataUrl.file(name, "data:;base64," + data));
            } else if (path != null && members.contains(path)) {
                files.add(new SourceFile(name, () -> container.open(path)));
            } else {
                losses.add(Loss.FILE);
            }
        }
        return files;
    }

    private List<String> tags() {
        return StreamSupport.stream(json.path("tags").spliterator(), false).filter(JsonNode::isTextual).map(JsonNode::asText).toList();
    }

    private static String text(JsonNode object, String name) {
        var text = Fields.text(object, name);
        return text == null ? "" : text;
    }
}
