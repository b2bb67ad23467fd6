package ollamaweb.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static ollamaweb.imports.ImportApiTest.awaitEnd;
import static ollamaweb.imports.ImportApiTest.begin;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Base64;
import ollamaweb.imports.sources.ImportFile;
import ollamaweb.testing.Pictures;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What each program exports becomes a conversation, once, with all of its versions, thoughts and images. */
class SourcesApiTest {

    @RegisterExtension
    static final TestApp app = new TestApp();

    private static final byte[] IMAGE = Pictures.png("cat");
    private static final String DATA_URL = "data:image/png;base64," + Base64.getEncoder().encodeToString(IMAGE);

    @Test
    void of_chatgpt() throws IOException {
        var tree = imported("chatgpt",
                bytes(ImportFile.zip("conversations.json",
                        """
                [{"id": "c", "title": "From ChatGPT", "current_node": "b", "create_time": 1730714400, "mapping": {
                  "q": {"parent": null, "message": {"author": {"role": "user"}, "content": {"content_type": "multimodal_text", "parts": [
                     {"content_type": "image_asset_pointer", "asset_pointer": "file-service://file-A1"}, "Question"]}}},
                  "t": {"parent": "q", "message": {"author": {"role": "assistant"}, "content": {"content_type": "thoughts",
                     "thoughts": [{"content": "Thought"}]}}},
                  "a": {"parent": "t", "message": {"author": {"role": "assistant"}, "metadata": {"model_slug": "gpt-4o"},
                     "content": {"content_type": "text", "parts": ["One"]}}},
                  "b": {"parent": "q", "message": {"author": {"role": "assistant"}, "content": {"content_type": "text", "parts": ["Two"]}}}}}]""",
                        "file-A1-cat.png", Pictures.png("of its own"))),
                "From ChatGPT", "Question", "One", "Two");

        assertThat(tree.path("created_at").asText()).isEqualTo("2024-11-04T10:00:00.000Z");
        assertThat(tree.path("messages").path(0).path("files").path(0).path("name").asText()).isEqualTo("file-A1-cat.png");
        assertThat(tree.path("messages").path(1).path("thinking").asText()).isEqualTo("Thought");
        assertThat(tree.path("messages").path(1).path("model_name").asText()).isEqualTo("gpt-4o");
        assertThat(tree.path("messages").path(2).path("versions")).hasSize(2);
    }

    @Test
    void of_claude() throws IOException {
        var tree = imported("claude", bytes(ImportFile.zip("conversations.json", """
                [{"uuid": "c", "name": "From Claude", "chat_messages": [
                  {"uuid": "q", "sender": "human", "text": "Question", "attachments": [{"file_name": "notes.txt", "extracted_content": "Notes"}]},
                  {"uuid": "a", "sender": "assistant", "content": [{"type": "thinking", "thinking": "Thought"},
                    {"type": "tool_use", "name": "look", "input": {"at": "it"}}, {"type": "tool_result", "name": "look", "content": "Seen"},
                    {"type": "text", "text": "Answer"}]}]}]""", "users.json", "[]")), "From Claude", "Question", "", "Seen", "Answer");

        assertThat(tree.path("messages").path(0).path("files").path(0).path("name").asText()).isEqualTo("notes.txt");
        assertThat(tree.path("messages").path(1).path("thinking").asText()).isEqualTo("Thought");
        assertThat(tree.path("messages").path(1).path("tool_calls").path(0).path("function").path("name").asText()).isEqualTo("look");
        assertThat(tree.path("messages").path(2).path("role").asText()).isEqualTo("tool");
    }

    @Test
    void of_open_web_ui() throws IOException {
        var tree = imported("open-webui", """
                [{"id": "c", "title": "From Open WebUI", "chat": {"models": ["llama3.2"], "history": {"currentId": "a", "messages": {
                  "q": {"parentId": null, "role": "user", "content": "Question", "files": [{"type": "image", "url": "%s"}]},
                  "a": {"parentId": "q", "role": "assistant", "content": "<details type=\\"reasoning\\" done=\\"true\\">\\n> Thought\\n</details>\\nAnswer"
                  }}}}}]""".formatted(DATA_URL).getBytes(UTF_8), "From Open WebUI", "Question", "Answer");

        assertThat(tree.path("model_name").asText()).isEqualTo("llama3.2");
        assertThat(tree.path("messages").path(0).path("files")).hasSize(1);
        assertThat(tree.path("messages").path(1).path("thinking").asText()).isEqualTo("Thought");
    }

    @Test
    void of_librechat() throws IOException {
        imported("librechat",
                """
                {"conversationId": "c", "title": "From LibreChat", "options": {"model": "gpt-4o"}, "messagesTree": [
                  {"messageId": "q", "isCreatedByUser": true, "text": "Question", "children": [
                    {"messageId": "a", "isCreatedByUser": false, "text": "One"}, {"messageId": "b", "isCreatedByUser": false, "text": "Two"}]}]}"""
                        .getBytes(UTF_8),
                "From LibreChat", "Question", "One", "Two");
    }

    @Test
    void of_lobehub() throws IOException {
        imported("lobehub",
                """
                {"mode": "pglite", "schemaHash": "x", "data": {"topics": [{"id": "t", "title": "From LobeHub"}], "messages": [
                  {"id": "a", "topicId": "t", "role": "assistant", "content": "Answer", "parentId": "q", "createdAt": "2024-11-04T10:00:01Z"},
                  {"id": "q", "topicId": "t", "role": "user", "content": "Question", "createdAt": "2024-11-04T10:00:00Z"}]}}"""
                        .getBytes(UTF_8),
                "From LobeHub", "Question", "Answer");
    }

    @Test
    void of_anythingllm() throws IOException {
        imported("anythingllm", """
                [{"id": 1, "prompt": "Question", "response": "<think>Thought</think>Answer", "workspace": "From AnythingLLM", "username": "ada",
                  "attachments": [{"type": "image", "image": "%s"}]}]""".formatted(DATA_URL).getBytes(UTF_8), "From AnythingLLM",
                "Question",
                "Answer");
    }

    @Test
    void of_ollamas_app(@TempDir Path folder) throws Exception {
        var file = folder.resolve("db.sqlite");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file); var statement = connection.createStatement()) {
            statement.executeUpdate("""
                    CREATE TABLE chats (id TEXT PRIMARY KEY, title TEXT, created_at TIMESTAMP);
                    CREATE TABLE messages (id INTEGER PRIMARY KEY, chat_id TEXT, role TEXT, content TEXT, thinking TEXT, model_name TEXT);
                    CREATE TABLE attachments (id INTEGER PRIMARY KEY, message_id INTEGER, filename TEXT, data BLOB);
                    INSERT INTO chats VALUES ('c', 'From Ollama''s app', '2025-11-04 11:00:02.5+01:00');
                    INSERT INTO messages VALUES (1, 'c', 'user', 'Question', '', NULL), (2, 'c', 'assistant', 'Answer', 'Thought', 'qwen3');
                    INSERT INTO attachments VALUES (1, 1, 'note.txt', CAST('note' AS BLOB));
                    """);
        }
        var tree = imported("ollama-app", Files.readAllBytes(file), "From Ollama's app", "Question", "Answer");

        assertThat(tree.path("created_at").asText()).isEqualTo("2025-11-04T10:00:02.500Z");
        assertThat(tree.path("model_name").asText()).isEqualTo("qwen3");
        assertThat(tree.path("messages").path(0).path("files").path(0).path("name").asText()).isEqualTo("note.txt");
    }

    /**
     * Imports the file twice: the second time nothing has changed.
     *
     * @return the conversation with its whole tree
     */
    private static JsonNode imported(String source, byte[] file, String title, String... contents) {
        var user = app.as("ada");
        var first = awaitEnd(user, begin(user, file));
        assertThat(first.path("source").asText()).as(first.toString()).isEqualTo(source);
        assertThat(first.path("report").findValuesAsText("result")).as(first.toString()).containsExactly("imported");
        assertThat(first.path("report").path(0).path("detail").isNull()).as(first.toString()).isTrue();
        var tree = user.get("/api/conversations/" + first.path("report").path(0).path("conversation_id").asLong() + "?all=true").json();
        assertThat(tree.path("title").asText()).isEqualTo(title);
        assertThat(tree.path("messages").findValuesAsText("content")).containsExactly(contents);

        var second = awaitEnd(user, begin(user, file));
        assertThat(second.path("report").findValuesAsText("result")).as(second.toString()).containsExactly("unchanged");
        return tree;
    }

    private static byte[] bytes(ImportFile file) throws IOException {
        try (file) {
            return Files.readAllBytes(file.path());
        }
    }
}
