package ollamaweb.imports.sources.hollama;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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

/** A session of Hollama: messages in a row, without ids and times of their own. */
final class HollamaSession {

    private HollamaSession() {}

    static SourceConversation read(JsonNode json) throws IOException {
        if (!json.path("messages").isArray()) {
            throw new UnreadableException("There are no messages in it.");
        }
        var losses = new Losses();
        var model = json.path("model");
        var modelName = model.isTextual() ? model.asText() : Fields.textUnlessBlank(model, "name");
        var messages = messages(json.path("messages"), modelName, losses);
        return new SourceConversation(Fields.textUnlessBlank(json, "id"), Fields.textUnlessBlank(json, "title"), modelName,
                Fields.textUnlessBlank(json.path("systemPrompt"), "content"), null, Times.of(Fields.text(json, "updatedAt")), false, false,
                List.of(), null, messages, losses.notes());
    }

    private static List<SourceMessage> messages(JsonNode list, String modelName, Losses losses) {
        var messages = new ArrayList<SourceMessage>();
        String before = null;
        for (int i = 0; i < list.size(); i++) {
            var role = Role.of(Fields.text(list.get(i), "role"));
            if (role == null) {
                losses.add(Loss.MESSAGE);
                continue;
            }
            var id = "message " + i;
            messages.add(message(list.get(i), new MessageBuilder(id, before, role), modelName, losses));
            before = id;
        }
        return messages;
    }

    private static SourceMessage message(JsonNode json, MessageBuilder made, String modelName, Losses losses) {
        losses.add(Loss.PART, json.path("content").isContainerNode() ? 1 : 0);
        made.content(Fields.text(json, "content")).thinking(Fields.text(json, "reasoning"));
        if (made.isOf(Role.ASSISTANT)) {
            made.modelName(modelName);
        }
        for (var image : json.path("images")) {
            var data = Fields.textUnlessBlank(image, "data");
            var name = Fields.text(image, "filename");
            if (data == null) {
                losses.add(Loss.FILE);
            } else {
                made.file(DataUrl.file(name == null ? "" : name, DataUrl.isOne(data) ? data : "data:;base64," + data));
            }
        }
        var knowledge = json.path("knowledge");
        var text = Fields.textUnlessBlank(knowledge, "content");
        if (text != null) {
            var name = Fields.text(knowledge, "name");
            made.file(DataUrl.text(name == null ? "" : name, text));
        }
        return made.build();
    }
}
