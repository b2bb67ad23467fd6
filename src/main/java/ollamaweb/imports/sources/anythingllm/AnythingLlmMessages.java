package ollamaweb.imports.sources.anythingllm;

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
import ollamaweb.imports.sources.ThinkTags;
import ollamaweb.imports.sources.Times;
import ollamaweb.imports.sources.UnreadableException;

/** Messages of AnythingLLM in a list: of a workspace, without any ids or names, or of a thread. */
final class AnythingLlmMessages {

    private final Losses losses = new Losses();
    private final List<SourceMessage> messages = new ArrayList<>();
    private String systemPrompt;

    private AnythingLlmMessages() {}

    static SourceConversation ofLine(JsonNode line) throws IOException {
        var read = read(line);
        return new SourceConversation(null, null, null, read.systemPrompt, null, null, false, false, List.of(), null, read.messages,
                read.losses.notes());
    }

    static SourceConversation ofThread(JsonNode thread) throws IOException {
        var read = read(thread);
        var workspace = name(thread.path("workspace"));
        var name = name(thread.path("thread"));
        // Threads are told by names alone, which several have.
        return new SourceConversation(null, name == null ? workspace : name, null, read.systemPrompt, null, null, false, false, List.of(),
                null, read.messages,
                read.losses.notes());
    }

    /** Takes the images of a message in; other files are noted. */
    static void addImage(MessageBuilder made, Losses losses, JsonNode part) {
        var url = Fields.text(part, "image", "contentString");
        var name = Fields.textUnlessBlank(part, "name");
        if (DataUrl.isOne(url)) {
            made.file(DataUrl.file(name == null ? "" : name, url));
        } else {
            losses.add(Loss.FILE);
        }
    }

    private static AnythingLlmMessages read(JsonNode json) throws IOException {
        if (!json.path("messages").isArray()) {
            throw new UnreadableException("There are no messages in it.");
        }
        var read = new AnythingLlmMessages();
        json.path("messages").forEach(read::add);
        return read;
    }

    private void add(JsonNode message) {
        var role = Role.of(Fields.text(message, "role"));
        if (role == null) {
            losses.add(Loss.MESSAGE);
            return;
        }
        var before = messages.isEmpty() ? null : messages.get(messages.size() - 1).id();
        var made = new MessageBuilder(String.valueOf(messages.size()), before, role);
        var text = text(message.path("content"), made);
        if (role.equals(Role.SYSTEM) && messages.isEmpty() && systemPrompt == null) {
            systemPrompt = text.isBlank() ? null : text;
            return;
        }
        var tagged = role.equals(Role.ASSISTANT) ? ThinkTags.split(text) : new ThinkTags(null, text);
        var reasoning = Fields.textUnlessBlank(message, "reasoning");
        messages.add(made.content(tagged.content()).thinking(reasoning == null ? tagged.thinking() : reasoning)
                .createdAt(Times.seconds(message.path(message.has("sentAt") ? "sentAt" : "createdAt"))).build());
    }

    private String text(JsonNode content, MessageBuilder made) {
        if (!content.isArray()) {
            return content.isTextual() ? content.asText() : "";
        }
        var texts = new ArrayList<String>();
        for (var part : content) {
            if (part.has("image")) {
                addImage(made, losses, part);
            } else if (Fields.text(part, "text") != null) {
                texts.add(Fields.text(part, "text"));
            } else {
                losses.add(Loss.PART);
            }
        }
        return String.join("\n\n", texts);
    }

    private static String name(JsonNode value) {
        return value.isTextual() ? value.asText() : Fields.textUnlessBlank(value, "name", "slug");
    }
}
