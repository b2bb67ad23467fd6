package ollamaweb.imports.sources.lobehub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import ollamaweb.imports.sources.ConversationFeed;
import ollamaweb.imports.sources.ConversationSink;
import ollamaweb.imports.sources.Fields;
import ollamaweb.imports.sources.JsonRows;
import ollamaweb.imports.sources.JsonScanner;
import ollamaweb.imports.sources.JsonTreeReader;
import ollamaweb.imports.sources.RowPlaces;
import ollamaweb.imports.sources.SourceContainer;
import ollamaweb.imports.sources.UnreadableException;
import ollamaweb.imports.sources.UnreadableValueException;

/**
 * The tables of an export, whose rows are in any order. They are gone through once to note where the rows of each conversation
 * are; then each conversation is put together.
 */
final class LobeHubTables {

    private static final String TOPIC = "topic ";
    private static final String SESSION = "session ";
    /** Messages without a topic and a session are those of the first chat, which has neither. */
    private static final String INBOX = SESSION;
    private static final String ALONE = "alone";
    /** The tables whose rows are looked up, and by which of their columns. */
    private static final List<String> BY_ID = List.of("topics", "sessions", "agents", "threads", "messagePlugins");
    private static final String AGENTS_OF_SESSIONS = "agentsToSessions";

    private final SourceContainer file;
    private final ConversationFeed feed;
    private final JsonTreeReader names = new JsonTreeReader(JsonTreeReader.USUAL_DEPTH,
            Set.of("content", "reasoning", "tools", "plugin", "pluginState", "state", "arguments", "search", "metadata", "extra", "config",
                    "systemRole",
                    "error"));
    private final JsonTreeReader trees =
            new JsonTreeReader(JsonTreeReader.USUAL_DEPTH, Set.of("search", "pluginState", "state", "chunksList"));
    private final RowPlaces messages = new RowPlaces();
    private final RowPlaces others = new RowPlaces();
    private String aloneTitle;
    private JsonRows rows;

    LobeHubTables(SourceContainer file, ConversationSink sink) {
        this.file = file;
        this.feed = new ConversationFeed(sink, trees, json -> null);
    }

    void read() throws IOException {
        String problem = null;
        try (var in = file.open()) {
            find(new JsonScanner(in));
        } catch (UnreadableException e) {
            problem = e.getMessage();
        }
        try (var places = new JsonRows(file.path(), trees)) {
            rows = places;
            for (var group : messages.groups()) {
                if (!feed.hasEnded()) {
                    tell(group);
                }
            }
            tellOfEmptyTopics();
        }
        if (problem != null) {
            feed.fail("The file", problem);
        }
    }

    private void tellOfEmptyTopics() throws IOException {
        var topics = "topics ";
        for (var row : others.groups()) {
            if (!feed.hasEnded() && row.startsWith(topics)) {
                var id = row.substring(topics.length());
                if (messages.of(TOPIC + id).length == 0) {
                    feed.fail(Fields.text(row("topics", id), "title"), "It has no messages.");
                }
            }
        }
    }

    /** @return the row, missing where there is none that can be read */
    JsonNode row(String table, String id) throws IOException {
        var places = id == null ? new long[0] : others.of(table + " " + id);
        try {
            return places.length == 0 ? MissingNode.getInstance() : rows.at(places[0]);
        } catch (UnreadableException e) {
            return MissingNode.getInstance();
        }
    }

    private void find(JsonScanner scanner) throws IOException {
        scanner.beginObject();
        for (var name = scanner.nextName(); name != null; name = scanner.nextName()) {
            if ((name.equals("data") || name.equals("state")) && scanner.peek() == '{') {
                findTables(scanner);
            } else if (name.equals("messages") && scanner.peek() == '[') {
                findMessages(scanner, true);
            } else if (name.equals("title") && scanner.peek() == '"') {
                aloneTitle = names.read(scanner.value()).asText();
            } else {
                scanner.value();
            }
        }
    }

    private void findTables(JsonScanner scanner) throws IOException {
        scanner.beginObject();
        for (var table = scanner.nextName(); table != null; table = scanner.nextName()) {
            if (scanner.peek() != '[') {
                scanner.value();
            } else if (table.equals("messages")) {
                findMessages(scanner, false);
            } else {
                findRows(scanner, table);
            }
        }
    }

    private void findMessages(JsonScanner scanner, boolean isAlone) throws IOException {
        scanner.beginArray();
        while (scanner.nextElement()) {
            long position = scanner.position();
            try {
                var row = names.read(scanner.value());
                messages.add(isAlone ? ALONE : group(row), position);
            } catch (UnreadableValueException e) {
                messages.add(isAlone ? ALONE : group(e.partial()), position); // what is wrong is told when it is read
            }
        }
    }

    private void findRows(JsonScanner scanner, String table) throws IOException {
        scanner.beginArray();
        while (scanner.nextElement()) {
            long position = scanner.position();
            if (!BY_ID.contains(table) && !table.equals(AGENTS_OF_SESSIONS)) {
                scanner.value();
                continue;
            }
            try {
                var row = names.read(scanner.value());
                var id = Fields.textUnlessBlank(row, table.equals(AGENTS_OF_SESSIONS) ? "sessionId" : "id");
                if (id != null) {
                    others.add(table + " " + id, position);
                }
            } catch (UnreadableValueException e) {
                feed.fail("A row of " + table, e.getMessage());
            }
        }
    }

    private static String group(JsonNode message) {
        var topic = Fields.textUnlessBlank(message, "topicId");
        var session = Fields.textUnlessBlank(message, "sessionId");
        return topic != null ? TOPIC + topic : session == null || session.equals("inbox") ? INBOX : SESSION + session;
    }

    private void tell(String group) throws IOException {
        var topic = group.startsWith(TOPIC) ? row("topics", group.substring(TOPIC.length())) : MissingNode.getInstance();
        var sessionId = group.startsWith(SESSION) ? group.substring(SESSION.length()) : Fields.textUnlessBlank(topic, "sessionId");
        var session = row("sessions", sessionId);
        var agentId = Fields.textUnlessBlank(topic, "agentId");
        var agent = row("agents", agentId == null ? Fields.textUnlessBlank(row(AGENTS_OF_SESSIONS, sessionId), "agentId") : agentId);
        var title = title(group, topic, session, agent);
        var found = new ArrayList<JsonNode>();
        long size = 0;
        for (long position : messages.of(group)) {
            try {
                var row = rows.at(position);
                found.add(row);
                size += 2000 + length(row);
            } catch (UnreadableException e) {
                feed.fail(title == null ? "A message" : title, "A message is missing in it. " + e.getMessage());
            }
            if (size > JsonTreeReader.MOST) {
                feed.fail(title, "It is larger than one conversation may be.");
                return;
            }
        }
        if (!feed.hasEnded() && !found.isEmpty()) {
            var ownId = group.equals(ALONE) ? null : group;
            feed.tell(new LobeHubConversation(this, topic, session, agent).of(ownId, title, found));
        }
    }

    private String title(String group, JsonNode topic, JsonNode session, JsonNode agent) {
        if (group.equals(ALONE)) {
            return aloneTitle;
        }
        if (group.startsWith(TOPIC)) {
            return Fields.textUnlessBlank(topic, "title");
        }
        var own = Fields.textUnlessBlank(session, "title");
        own = own == null ? Fields.textUnlessBlank(session.path("meta"), "title") : own;
        return own == null ? Fields.textUnlessBlank(agent, "title") : own;
    }

    private static long length(JsonNode row) {
        return JsonTreeReader.bytes(row.path("content").asText(""))
                + JsonTreeReader.bytes(row.path("reasoning").path("content").asText(""));
    }
}
