package ollamaweb.imports.sources.librechat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import ollamaweb.imports.sources.AnswerParts;
import ollamaweb.imports.sources.Fields;
import ollamaweb.imports.sources.Loss;
import ollamaweb.imports.sources.Losses;
import ollamaweb.imports.sources.MessageBuilder;
import ollamaweb.imports.sources.Role;
import ollamaweb.imports.sources.SourceConversation;
import ollamaweb.imports.sources.SourceMessage;
import ollamaweb.imports.sources.ThinkTags;
import ollamaweb.imports.sources.Times;
import ollamaweb.imports.sources.UnreadableException;

/** A conversation of LibreChat: messages that hold those that follow them, or a list in which they name what they follow. */
final class LibreChatConversation {

    private static final String ROOT = "00000000-0000-0000-0000-000000000000";
    private static final String PARENT = "parentMessageId";

    private final JsonNode json;
    private final Losses losses = new Losses();
    private final List<SourceMessage> messages = new ArrayList<>();

    /** A message that is still to be read, and the one that holds it. */
    private record Held(JsonNode message, String parentId) {}

    LibreChatConversation(JsonNode json) {
        this.json = json;
    }

    SourceConversation read() throws IOException {
        if (json.path("messagesTree").isArray()) {
            addTree(json.path("messagesTree"));
        } else if (json.path("messages").isArray()) {
            addList(json.path("messages"));
        } else {
            throw new UnreadableException("There are no messages in it.");
        }
        var options = json.path("options");
        var model = Fields.textUnlessBlank(options, "model", "modelLabel");
        return new SourceConversation(Fields.textUnlessBlank(json, "conversationId"), Fields.text(json, "title"),
                model == null ? Fields.textUnlessBlank(json, "model") : model, Fields.textUnlessBlank(options, "promptPrefix", "system"),
                Times.seconds(json.path("createdAt")), Times.seconds(json.path("updatedAt")), false, Fields.isTrue(json, "isArchived"),
                tags(),
                null, messages, losses.notes());
    }

    /** Without recursion: a long conversation is nested as deep as it is long. */
    private void addTree(JsonNode roots) {
        var open = new ArrayDeque<Held>();
        push(open, roots, null);
        while (!open.isEmpty()) {
            var held = open.pop();
            var id = id(held.message());
            if (!add(held.message(), id, held.parentId())) {
                id = held.parentId();
            }
            push(open, held.message().path("children"), id);
        }
    }

    private static void push(ArrayDeque<Held> open, JsonNode messages, String parentId) {
        for (int i = messages.size() - 1; i >= 0; i--) {
            open.push(new Held(messages.path(i), parentId));
        }
    }

    private void addList(JsonNode list) {
        String before = null;
        for (var message : list) {
            var id = id(message);
            var parent = message.has(PARENT) ? Fields.textUnlessBlank(message, PARENT) : before;
            if (add(message, id, ROOT.equals(parent) ? null : parent)) {
                before = id;
            }
        }
    }

    private String id(JsonNode message) {
        var id = Fields.textUnlessBlank(message, "messageId");
        return id == null ? "message " + messages.size() : id;
    }

    private boolean add(JsonNode message, String id, String parentId) {
        if (!message.isObject()) {
            losses.add(Loss.MESSAGE);
            return false;
        }
        var role = role(message);
        var made = new MessageBuilder(id, parentId, role).createdAt(Times.seconds(message.path("createdAt")));
        if (role.equals(Role.ASSISTANT)) {
            made.modelName(Fields.textUnlessBlank(message, "model")).tokens(Fields.count(message, "tokenCount"), null)
                    .rated(rating(message.path("feedback")));
        }
        losses.add(Loss.FILE, message.path("files").size() + message.path("attachments").size());
        messages.addAll(parts(message, role).messages(made));
        return true;
    }

    private AnswerParts parts(JsonNode message, String role) {
        var parts = new AnswerParts();
        message.path("content").forEach(part -> addPart(parts, part));
        var text = Fields.text(message, "text");
        if (parts.hasText() || text == null) {
            return parts;
        }
        var tagged = role.equals(Role.ASSISTANT) ? ThinkTags.split(text) : new ThinkTags(null, text);
        return parts.think(tagged.thinking()).text(tagged.content());
    }

    private void addPart(AnswerParts parts, JsonNode part) {
        switch (String.valueOf(Fields.text(part, "type"))) {
            case "think" -> parts.think(value(part, "think"));
            case "text" -> parts.text(value(part, "text"));
            case "error" -> parts.text(value(part, "error"));
            case "tool_call" -> {
                var call = part.path("tool_call");
                var name = Fields.text(call.has("name") ? call : call.path("function"), "name");
                var arguments = call.has("args") ? call.path("args") : call.path("function").path("arguments");
                parts.call(name, arguments).result(name, Fields.text(call, "output"));
            }
            case "image_file", "image_url", "video_url", "input_audio" -> losses.add(Loss.FILE);
            case "agent_update" -> {
                // who goes on with the answer
            }
            default -> losses.add(Loss.PART);
        }
    }

    /** @return the text, which is a member of its own in some */
    private static String value(JsonNode part, String name) {
        return part.path(name).isObject() ? Fields.text(part.path(name), "value") : Fields.text(part, name);
    }

    private static String role(JsonNode message) {
        if (message.has("isCreatedByUser")) {
            return Fields.isTrue(message, "isCreatedByUser") ? Role.USER : Role.ASSISTANT;
        }
        var named = Role.of(Fields.text(message, "role", "sender"));
        return named == null ? Role.ASSISTANT : named;
    }

    private List<String> tags() {
        var tags = new ArrayList<String>();
        json.path("tags").forEach(tag -> {
            if (tag.isTextual() && !tag.asText().isBlank()) {
                tags.add(tag.asText());
            }
        });
        return tags;
    }

    private static Boolean rating(JsonNode feedback) {
        var rating = Fields.text(feedback, "rating");
        return rating == null ? null : rating.equals("thumbsUp");
    }
}
