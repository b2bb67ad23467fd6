package ollamaweb.imports.sources.chatgpt;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ollamaweb.imports.sources.Fields;
import ollamaweb.imports.sources.Loss;
import ollamaweb.imports.sources.Losses;
import ollamaweb.imports.sources.MessageBuilder;
import ollamaweb.imports.sources.Role;
import ollamaweb.imports.sources.SourceConversation;
import ollamaweb.imports.sources.SourceMessage;
import ollamaweb.imports.sources.Times;
import ollamaweb.imports.sources.UnreadableException;

/**
 * A conversation of ChatGPT: a map of nodes that name their parents. Some are messages, some are only passed through, and some
 * hold what a model thought before the answer below them.
 */
final class ChatGptConversation {

    private static final int MOST_THOUGHTS = 1000;

    private final JsonNode json;
    private final ChatGptMedia media;
    private final Losses losses = new Losses();
    private final Map<String, String> parents = new HashMap<>();
    private final Map<String, JsonNode> nodes = new LinkedHashMap<>();
    /** Nodes that are messages here. */
    private final Map<String, MessageBuilder> shown = new LinkedHashMap<>();
    private final Map<String, String> thoughts = new LinkedHashMap<>();
    /** The nearest node above each hidden one that is shown, where it was looked for. */
    private final Map<String, String> nearest = new HashMap<>();

    ChatGptConversation(JsonNode json, ChatGptMedia media) {
        this.json = json;
        this.media = media;
    }

    SourceConversation read() throws IOException {
        if (!json.path("mapping").isObject()) {
            throw new UnreadableException("There are no messages in it.");
        }
        readNodes();
        var content = new ChatGptContent(media, losses, Fields.textUnlessBlank(json, "default_model_slug"));
        nodes.forEach((id, node) -> {
            var thought = content.thought(node.path("message"));
            if (thought != null && !thought.isEmpty()) {
                thoughts.put(id, thought);
            } else if (thought == null) {
                var message = content.message(id, node.path("message"));
                if (message != null) {
                    shown.put(id, message);
                }
            }
        });
        showThoughtsWithoutAnswer(content);
        var current = Fields.text(json, "current_node");
        return new SourceConversation(Fields.textUnlessBlank(json, "conversation_id", "id"), Fields.text(json, "title"),
                Fields.textUnlessBlank(json, "default_model_slug"), null,
                Times.seconds(json.path("create_time")), Times.seconds(json.path("update_time")),
                Fields.isTrue(json, "is_starred"), Fields.isTrue(json, "is_archived"), List.of(),
                current == null || shown.containsKey(current) ? current : shownAbove(current),
                messages(), losses.notes());
    }

    private void readNodes() {
        json.path("mapping").properties().forEach(entry -> {
            nodes.put(entry.getKey(), entry.getValue());
            var parent = Fields.text(entry.getValue(), "parent");
            if (parent != null) {
                parents.put(entry.getKey(), parent);
            }
        });
        // Where a node does not name its parent, the parent may name it.
        nodes.forEach((id, node) -> node.path("children").forEach(child -> {
            if (child.isTextual()) {
                parents.putIfAbsent(child.asText(), id);
            }
        }));
    }

    /** What was thought before an answer that never came is shown as an answer without text. */
    private void showThoughtsWithoutAnswer(ChatGptContent content) {
        Set<String> followed = new HashSet<>(parents.values());
        for (var id : thoughts.keySet().toArray(String[]::new)) {
            if (!followed.contains(id)) {
                shown.put(id, content.begin(id, nodes.get(id).path("message"), Role.ASSISTANT));
            }
        }
    }

    private List<SourceMessage> messages() {
        var messages = new ArrayList<SourceMessage>(shown.size());
        Set<String> used = new HashSet<>();
        shown.forEach((id, message) -> {
            var above = shownAbove(id);
            boolean isThere = above == null || shown.containsKey(above);
            losses.add(Loss.ORPHAN, isThere ? 0 : 1);
            message.parent(isThere ? above : null);
            if (message.isOf(Role.ASSISTANT)) {
                message.thinking(thoughtBefore(id, used));
            }
            messages.add(message.build());
        });
        return messages;
    }

    /** @return the nearest node above this one that is shown; null where there is none; or one that is named and is not there */
    private String shownAbove(String id) {
        var passed = new HashSet<String>();
        var above = parents.get(id);
        while (above != null && nodes.containsKey(above) && !shown.containsKey(above) && passed.add(above)) {
            above = nearest.containsKey(above) ? nearest.get(above) : parents.get(above);
        }
        var found = shown.containsKey(above) || !nodes.containsKey(above) ? above : null;
        passed.forEach(hidden -> nearest.put(hidden, found));
        return found;
    }

    /** @param used thoughts that an answer has already */
    private String thoughtBefore(String id, Set<String> used) {
        var found = new ArrayList<String>();
        var above = thoughts.containsKey(id) ? id : parents.get(id);
        for (int i = 0; i < MOST_THOUGHTS && above != null && (above.equals(id) || !shown.containsKey(above)); i++) {
            if (thoughts.containsKey(above) && used.add(above)) {
                found.add(0, thoughts.get(above));
            }
            above = parents.get(above);
        }
        return found.isEmpty() ? null : String.join("\n\n", found);
    }
}
