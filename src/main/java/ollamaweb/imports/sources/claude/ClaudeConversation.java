package ollamaweb.imports.sources.claude;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import ollamaweb.imports.sources.AnswerParts;
import ollamaweb.imports.sources.DataUrl;
import ollamaweb.imports.sources.Fields;
import ollamaweb.imports.sources.Loss;
import ollamaweb.imports.sources.Losses;
import ollamaweb.imports.sources.MessageBuilder;
import ollamaweb.imports.sources.Role;
import ollamaweb.imports.sources.SourceConversation;
import ollamaweb.imports.sources.SourceMessage;
import ollamaweb.imports.sources.Times;
import ollamaweb.imports.sources.UnreadableException;

/** A conversation of Claude: a list of messages, which in newer exports name the one before them. */
final class ClaudeConversation {

    private static final String ROOT = "00000000-0000-4000-8000-000000000000";
    private static final String PARENT = "parent_message_uuid";

    private final JsonNode json;
    private final Losses losses = new Losses();

    ClaudeConversation(JsonNode json) {
        this.json = json;
    }

    SourceConversation read() throws IOException {
        var list = json.path("chat_messages");
        if (!list.isArray()) {
            throw new UnreadableException("There are no messages in it.");
        }
        var messages = new ArrayList<SourceMessage>();
        String before = null;
        for (int i = 0; i < list.size(); i++) {
            var message = list.get(i);
            var role = Role.of(Fields.text(message, "sender", "role"));
            if (role == null) {
                losses.add(Loss.MESSAGE);
                continue;
            }
            var id = Fields.textUnlessBlank(message, "uuid");
            id = id == null ? "message " + i : id;
            messages.addAll(messages(message, new MessageBuilder(id, parent(message, before), role)));
            before = id;
        }
        return new SourceConversation(Fields.textUnlessBlank(json, "uuid"), Fields.text(json, "name"),
                Fields.textUnlessBlank(json, "model"),
                null, Times.seconds(json.path("created_at")), Times.seconds(json.path("updated_at")), Fields.isTrue(json, "is_starred"),
                false,
                List.of(), Fields.textUnlessBlank(json, "current_leaf_message_uuid"), messages, losses.notes());
    }

    /** @return what the message follows: the one that it names; the one before it, where it names none */
    private static String parent(JsonNode message, String before) {
        if (!message.has(PARENT)) {
            return before;
        }
        var parent = Fields.textUnlessBlank(message, PARENT);
        return ROOT.equals(parent) ? null : parent;
    }

    private List<SourceMessage> messages(JsonNode message, MessageBuilder made) {
        made.createdAt(Times.seconds(message.path("created_at"))).modelName(Fields.text(message, "model"));
        message.path("attachments").forEach(pasted -> {
            var text = Fields.textUnlessBlank(pasted, "extracted_content");
            var name = Fields.textUnlessBlank(pasted, "file_name");
            if (text != null) {
                made.file(DataUrl.text(name == null ? "pasted.txt" : name, text));
            } else {
                losses.add(Loss.FILE);
            }
        });
        losses.add(Loss.FILE, message.path("files").size());
        var parts = new ClaudeBlocks(losses).read(message.path("content"));
        return (parts.hasText() ? parts : withText(parts, message)).messages(made);
    }

    /** Older exports have the text only beside the list of its parts. */
    private static AnswerParts withText(AnswerParts parts, JsonNode message) {
        return parts.text(Fields.text(message, "text"));
    }
}
