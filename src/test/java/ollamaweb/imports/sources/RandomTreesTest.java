package ollamaweb.imports.sources;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import ollamaweb.imports.sources.anythingllm.AnythingLlmFormat;
import ollamaweb.imports.sources.chatgpt.ChatGptFormat;
import ollamaweb.imports.sources.claude.ClaudeFormat;
import ollamaweb.imports.sources.librechat.LibreChatFormat;
import ollamaweb.imports.sources.lobehub.LobeHubFormat;
import ollamaweb.imports.sources.ollamaapp.OllamaAppFormat;
import ollamaweb.imports.sources.openwebui.OpenWebUiFormat;
import org.junit.jupiter.api.Test;

/** Random conversations, written as each source writes them, come out as they were. */
class RandomTreesTest {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int CONVERSATIONS = 8;
    private static final int MOST_MESSAGES = 40;
    private static final String PIECES = "aB 9.\n\t\"\\/{}[]:,<>&'`*#|~^%$é漢🙂\u2028\u00a0";

    private final Random random = new Random(20251104);

    /** @param parent null at the beginning */
    private record Node(String id, String parent, String role, String content, long second) {

        String line() {
            return parent + " > " + id + " " + role + " " + Instant.ofEpochSecond(second) + " " + content;
        }
    }

    @Test
    void of_chatgpt() {
        check(new ChatGptFormat(), true, tree -> {
            var mapping = JSON.objectNode();
            mapping.set("root", object("id", "root").putNull("message").putNull("parent"));
            shuffled(tree).forEach(node -> mapping.set(node.id(), object("parent", node.parent() == null ? "root" : node.parent())
                    .set("message", JSON.objectNode().put("create_time", (double) node.second())
                            .<ObjectNode>set("author", object("role", node.role()))
                            .set("content", object("content_type", "text").set("parts", JSON.arrayNode().add(node.content()))))));
            return ImportFile.zip("conversations.json", list(object("id", "c").set("mapping", mapping)).toString());
        });
    }

    @Test
    void of_claude() {
        check(new ClaudeFormat(), true, tree -> {
            var messages = JSON.arrayNode();
            shuffled(tree).forEach(node -> messages.add(object("uuid", node.id()).put("text", node.content())
                    .put("sender", node.role().equals("user") ? "human" : "assistant").put("created_at", time(node))
                    .put("parent_message_uuid", node.parent() == null ? "00000000-0000-4000-8000-000000000000" : node.parent())));
            return ImportFile.zip("conversations.json", list(object("uuid", "c").set("chat_messages", messages)).toString());
        });
    }

    @Test
    void of_open_web_ui() {
        check(new OpenWebUiFormat(), true, tree -> {
            var messages = JSON.objectNode();
            shuffled(tree).forEach(node -> messages.set(node.id(), object("parentId", node.parent()).put("role", node.role())
                    .put("content", node.content()).put("timestamp", node.second())));
            var history = JSON.objectNode().<ObjectNode>set("messages", messages);
            return ImportFile.of(list(object("id", "c").set("chat", JSON.objectNode().set("history", history))).toString());
        });
    }

    @Test
    void of_librechat_nested_and_as_a_list() {
        check(new LibreChatFormat(), true, tree -> {
            var children = new HashMap<String, ArrayNode>();
            children.put(null, JSON.arrayNode());
            tree.forEach(node -> {
                children.put(node.id(), JSON.arrayNode());
                children.get(node.parent()).add(libreChat(node).set("children", children.get(node.id())));
            });
            return ImportFile.of(object("conversationId", "c").set("messagesTree", children.get(null)).toString());
        });
        check(new LibreChatFormat(), true, tree -> ImportFile.of(object("conversationId", "c")
                .set("messages", JSON.arrayNode().addAll(tree.stream().map(RandomTreesTest::libreChat).toList())).toString()));
    }

    @Test
    void of_lobehub() {
        check(new LobeHubFormat(), true, tree -> {
            var messages = JSON.arrayNode();
            shuffled(tree).forEach(node -> messages.add(object("id", node.id()).put("parentId", node.parent()).put("role", node.role())
                    .put("content", node.content()).put("createdAt", time(node)).put("topicId", "t")));
            return ImportFile.of(object("mode", "pglite").set("data", JSON.objectNode().set("messages", messages)).toString());
        });
    }

    @Test
    void of_anythingllm() {
        check(new AnythingLlmFormat(), false, path -> {
            var messages = JSON.arrayNode();
            path.forEach(node -> messages.add(object("role", node.role()).put("content", node.content()).put("sentAt", time(node))));
            return ImportFile.of(JSON.objectNode().set("messages", messages).toString());
        });
    }

    @Test
    void of_ollamas_app() {
        check(new OllamaAppFormat(), false, path -> database(path.stream()
                .map(node -> new Node(String.valueOf(Integer.parseInt(node.id()) + 1), null, node.role(), node.content(), node.second()))
                .toList()));
    }

    private void check(SourceFormat format, boolean isTree, Function<List<Node>, ImportFile> written) {
        for (int i = 0; i < CONVERSATIONS; i++) {
            var tree = tree(isTree);
            int shift = format instanceof OllamaAppFormat ? 1 : 0;
            var told = Told.by(format, written.apply(tree)).only();
            assertThat(told.messages()).map(message -> new Node(less(message.id(), shift), less(message.parentId(), shift), message.role(),
                    message.content(), message.createdAt().getEpochSecond()).line())
                    .containsExactlyInAnyOrderElementsOf(tree.stream().map(Node::line).toList());
        }
    }

    /** @return one with a single beginning, in which questions and answers take turns; no branches unless it is to be a tree */
    private List<Node> tree(boolean isTree) {
        var nodes = new ArrayList<Node>();
        int size = 1 + random.nextInt(MOST_MESSAGES);
        for (int i = 0; i < size; i++) {
            var parent = i == 0 ? null : nodes.get(isTree && random.nextInt(4) == 0 ? random.nextInt(i) : i - 1);
            nodes.add(new Node(String.valueOf(i), parent == null ? null : parent.id(),
                    parent == null || parent.role().equals("assistant") ? "user" : "assistant", text(), 1_700_000_000L + i));
        }
        return nodes;
    }

    private String text() {
        var text = new StringBuilder("x");
        int[] pieces = PIECES.codePoints().toArray();
        for (int i = random.nextInt(60); i > 0; i--) {
            text.appendCodePoint(pieces[random.nextInt(pieces.length)]);
        }
        return text.toString();
    }

    private List<Node> shuffled(List<Node> tree) {
        var shuffled = new ArrayList<>(tree);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    private static ObjectNode libreChat(Node node) {
        return object("messageId", node.id()).put("isCreatedByUser", node.role().equals("user")).put("text", node.content())
                .put("createdAt", time(node))
                .put("parentMessageId", node.parent() == null ? "00000000-0000-0000-0000-000000000000" : node.parent());
    }

    private static ImportFile database(List<Node> path) {
        try {
            var file = Files.createTempFile("import", ".sqlite");
            fill(file, path);
            return ImportFile.of(file);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void fill(Path file, List<Node> path) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file); var statement = connection.createStatement()) {
            statement.executeUpdate("PRAGMA synchronous = OFF; CREATE TABLE chats (id TEXT);"
                    + "CREATE TABLE messages (id INTEGER PRIMARY KEY, chat_id TEXT, role TEXT, content TEXT, created_at TEXT);");
            connection.setAutoCommit(false);
            try (var insert = connection.prepareStatement("INSERT INTO messages VALUES (?, 'c', ?, ?, ?)")) {
                for (var node : path) {
                    insert.setString(1, node.id());
                    insert.setString(2, node.role());
                    insert.setString(3, node.content());
                    insert.setString(4, time(node));
                    insert.executeUpdate();
                }
            }
            connection.commit();
        }
    }

    private static String less(String id, int shift) {
        return id == null ? null : String.valueOf(Integer.parseInt(id) - shift);
    }

    private static String time(Node node) {
        return Instant.ofEpochSecond(node.second()).toString();
    }

    private static ObjectNode object(String name, String value) {
        return JSON.objectNode().put(name, value);
    }

    private static ArrayNode list(JsonNode element) {
        return JSON.arrayNode().add(element);
    }
}
