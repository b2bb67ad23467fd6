package ollamaweb.imports.sources.lobehub;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import ollamaweb.imports.sources.Fields;
import ollamaweb.imports.sources.Loss;
import ollamaweb.imports.sources.Losses;
import ollamaweb.imports.sources.MessageBuilder;
import ollamaweb.imports.sources.Role;
import ollamaweb.imports.sources.SourceConversation;
import ollamaweb.imports.sources.SourceMessage;
import ollamaweb.imports.sources.ThinkTags;
import ollamaweb.imports.sources.Times;
import ollamaweb.imports.sources.ToolCalls;

/** A topic of LobeHub, or what was said in a session without one. */
final class LobeHubConversation {

    private static final String MAIN = "";
    private static final String NO_ANSWER = "...";

    private final LobeHubTables tables;
    private final JsonNode topic;
    private final JsonNode session;
    private final JsonNode agent;
    private final Losses losses = new Losses();
    /** The last message of each thread, in the order of time. */
    private final Map<String, String> last = new HashMap<>();

    /** A row, and what is asked of it often. */
    private record Row(JsonNode json, String id, Instant createdAt) {}

    LobeHubConversation(LobeHubTables tables, JsonNode topic, JsonNode session, JsonNode agent) {
        this.tables = tables;
        this.topic = topic;
        this.session = session;
        this.agent = agent;
    }

    SourceConversation of(String id, String title, List<JsonNode> found) throws IOException {
        var rows = new ArrayList<Row>();
        for (var json : found) {
            var own = Fields.textUnlessBlank(json, "id");
            rows.add(new Row(json, own == null ? "message " + rows.size() : own, Times.milliseconds(json.path("createdAt"))));
        }
        rows.sort(Comparator.comparing(Row::createdAt, Comparator.nullsLast(Comparator.naturalOrder())));
        var known = new HashSet<String>();
        rows.forEach(row -> known.add(row.id()));
        var messages = new ArrayList<SourceMessage>();
        for (var row : rows) {
            var role = Role.of(Fields.text(row.json(), "role"));
            if (role == null) {
                losses.add(Loss.MESSAGE);
                continue;
            }
            var thread = Fields.textUnlessBlank(row.json(), "threadId");
            var named = Fields.textUnlessBlank(row.json(), "parentId");
            // Questions often name nothing: they follow what was said before them.
            var parent = named != null && known.contains(named) && !named.equals(row.id()) ? named : before(thread);
            messages.add(message(row, parent, role));
            last.put(thread == null ? MAIN : thread, row.id());
        }
        return new SourceConversation(id, title, null, systemPrompt(), Times.milliseconds(topic.path("createdAt")),
                Times.milliseconds(topic.path("updatedAt")), Fields.isTrue(topic, "favorite"), false, List.of(), last.get(MAIN), messages,
                losses.notes());
    }

    private String before(String thread) throws IOException {
        if (thread == null) {
            return last.get(MAIN);
        }
        return last.containsKey(thread) ? last.get(thread) : Fields.textUnlessBlank(tables.row("threads", thread), "sourceMessageId");
    }

    private SourceMessage message(Row row, String parentId, String role) throws IOException {
        var json = row.json();
        var made = new MessageBuilder(row.id(), parentId, role).createdAt(row.createdAt()).favorite(Fields.isTrue(json, "favorite"));
        var content = json.path("content").isTextual() ? json.path("content").asText() : "";
        losses.add(Loss.FILE, json.path("files").size() + json.path("imageList").size() + json.path("fileList").size());
        switch (role) {
            case Role.ASSISTANT -> answer(made, json, content);
            case Role.TOOL -> made.content(content).toolName(toolName(row));
            default -> made.content(content);
        }
        return made.build();
    }

    private void answer(MessageBuilder made, JsonNode json, String content) {
        boolean hasFailed = json.path("error").isObject() && (content.isBlank() || content.equals(NO_ANSWER));
        losses.add(Loss.FAILED_ANSWER, hasFailed ? 1 : 0);
        var tagged = ThinkTags.split(hasFailed ? "" : content);
        var reasoning = Fields.textUnlessBlank(json.path("reasoning"), "content");
        var model = Fields.textUnlessBlank(json, "model");
        var usage = json.path("metadata").has("usage") ? json.path("metadata").path("usage") : json.path("metadata");
        made.content(tagged.content()).thinking(reasoning == null ? tagged.thinking() : reasoning)
                .modelName(model == null ? Fields.textUnlessBlank(json.path("extra"), "fromModel") : model)
                .tokens(Fields.count(usage, "totalOutputTokens"), Fields.count(usage, "totalInputTokens"));
        var calls = new ToolCalls();
        json.path("tools").forEach(tool -> {
            if (!calls.add(Fields.textUnlessBlank(tool, "apiName", "identifier"), tool.path("arguments"))) {
                losses.add(Loss.PART);
            }
        });
        made.toolCalls(calls.json());
    }

    private String toolName(Row row) throws IOException {
        var own = row.json().path("plugin");
        return Fields.textUnlessBlank(own.isObject() ? own : tables.row("messagePlugins", row.id()), "apiName", "identifier");
    }

    private String systemPrompt() {
        var ofAgent = Fields.textUnlessBlank(agent, "systemRole");
        return ofAgent == null ? Fields.textUnlessBlank(session.path("config"), "systemRole") : ofAgent;
    }
}
