package ollamaweb.imports.sources.lobehub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import ollamaweb.imports.sources.ImportFile;
import ollamaweb.imports.sources.SourceConversation;
import ollamaweb.imports.sources.Told;
import org.junit.jupiter.api.Test;

class LobeHubFormatTest {

    private final LobeHubFormat format = new LobeHubFormat();

    @Test
    void topics_and_sessions_without_one_are_put_together_from_tables() {
        var told = Told.by(format, ImportFile.of("""
                {"mode": "postgres", "schemaHash": "x", "data": {
                  "messages": [
                    {"id": "a2", "role": "assistant", "content": "Two", "parentId": "q", "topicId": "t", "sessionId": "s", "model": "m2",
                     "createdAt": "2024-11-04T10:00:03.000Z", "reasoning": {"content": "Hm.", "duration": 5}, "favorite": true,
                     "metadata": {"totalInputTokens": 5, "totalOutputTokens": 7}},
                    {"id": "x", "role": "user", "content": "No topic", "sessionId": "s", "createdAt": "2024-11-04T09:00:00.000Z"},
                    {"id": "y", "role": "user", "content": "Inbox", "sessionId": null, "createdAt": "2024-11-04T09:00:00.000Z"},
                    {"id": "r", "role": "user", "content": "More", "topicId": "t", "createdAt": "2024-11-04T10:00:04.000Z"},
                    {"id": "q", "role": "user", "content": "Q", "topicId": "t", "createdAt": "2024-11-04T10:00:01.000Z"},
                    {"id": "a1", "role": "assistant", "content": "One", "parentId": "q", "topicId": "t", "model": "m1",
                     "createdAt": "2024-11-04T10:00:02.000Z"}],
                  "topics": [{"id": "t", "title": "Topic", "sessionId": "s", "favorite": true, "createdAt": "2024-11-04T10:00:00.000Z",
                              "updatedAt": "2024-11-04T11:00:00.000Z"}],
                  "sessions": [{"id": "s", "title": "Helper"}], "agents": [{"id": "g", "systemRole": "Be helpful."}],
                  "agentsToSessions": [{"agentId": "g", "sessionId": "s"}], "unknown": [1], "more": {}}}"""));

        assertThat(told.failures).isEmpty();
        assertThat(told.conversations).extracting(SourceConversation::title).containsExactly("Topic", "Helper", null);
        var topic = told.conversations.get(0);
        assertThat(Told.lines(topic)).containsExactly("null > q user: Q", "q > a1 assistant: One", "q > a2 assistant: Two",
                "a2 > r user: More");
        assertThat(topic.systemPrompt()).isEqualTo("Be helpful.");
        assertThat(topic.pinned()).isTrue();
        assertThat(topic.createdAt()).isEqualTo(Instant.parse("2024-11-04T10:00:00Z"));
        assertThat(topic.currentMessageId()).isEqualTo("r");
        var answer = Told.message(topic, "a2");
        assertThat(answer.thinking()).isEqualTo("Hm.");
        assertThat(answer.modelName()).isEqualTo("m2");
        assertThat(answer.favorite()).isTrue();
        assertThat(answer.tokensUsed()).isEqualTo(7);
        assertThat(Told.lines(told.conversations.get(1))).containsExactly("null > x user: No topic");
        assertThat(Told.lines(told.conversations.get(2))).containsExactly("null > y user: Inbox");
    }

    @Test
    void tools_and_threads_keep_their_places() {
        var conversation = only("""
                {"mode": "pglite", "data": {"threads": [{"id": "h", "sourceMessageId": "q"}],
                  "messagePlugins": [{"id": "o", "apiName": "search", "identifier": "web"}],
                  "messages": [
                    {"id": "q", "role": "user", "content": "Q", "topicId": "t", "createdAt": 1},
                    {"id": "a", "role": "assistant", "content": "", "parentId": "q", "topicId": "t", "createdAt": 2,
                     "tools": [{"id": "1", "identifier": "web", "apiName": "search", "arguments": "{\\"q\\": \\"cats\\"}"}]},
                    {"id": "o", "role": "tool", "content": "Found", "parentId": "a", "topicId": "t", "createdAt": 3},
                    {"id": "h1", "role": "user", "content": "Aside", "threadId": "h", "topicId": "t", "createdAt": 4},
                    {"id": "b", "role": "assistant", "content": "B", "parentId": "o", "topicId": "t", "createdAt": 5},
                    {"id": "h2", "role": "assistant", "content": "Aside, too", "threadId": "h", "topicId": "t", "createdAt": 6}]}}""");

        assertThat(Told.lines(conversation)).containsExactly("null > q user: Q", "q > a assistant: ", "a > o tool: Found",
                "q > h1 user: Aside",
                "o > b assistant: B", "h1 > h2 assistant: Aside, too");
        assertThat(Told.message(conversation, "a").toolCalls())
                .isEqualTo("[{\"function\":{\"name\":\"search\",\"arguments\":{\"q\":\"cats\"}}}]");
        assertThat(Told.message(conversation, "o").toolName()).isEqualTo("search");
        assertThat(conversation.currentMessageId()).isEqualTo("b");
    }

    @Test
    void the_older_form_has_milliseconds_and_the_model_elsewhere() {
        var conversation = only("""
                {"exportType": "all", "version": 7, "state": {
                  "sessions": [{"id": "s", "config": {"systemRole": "Old role"}, "meta": {"title": "Agent"}}],
                  "topics": [{"id": "t", "title": "Topic", "sessionId": "s", "createdAt": 1730714400000}],
                  "messages": [{"id": "q", "role": "user", "content": "Q", "topicId": "t", "sessionId": "s", "createdAt": 86400000, "files": ["f1", "f2"]},
                    {"id": "a", "role": "assistant", "content": "...", "error": {"type": "x"}, "parentId": "q", "topicId": "t",
                     "createdAt": 86400500, "extra": {"fromModel": "gpt-4"}}]}}""");

        assertThat(Told.lines(conversation)).containsExactly("null > q user: Q", "q > a assistant: ");
        assertThat(Told.message(conversation, "q").createdAt()).isEqualTo(Instant.parse("1970-01-02T00:00:00Z"));
        assertThat(Told.message(conversation, "a").modelName()).isEqualTo("gpt-4");
        assertThat(conversation.systemPrompt()).isEqualTo("Old role");
        assertThat(conversation.createdAt()).isEqualTo(Instant.parse("2024-11-04T10:00:00Z"));
        assertThat(conversation.notes()).containsExactly("2 images or files are not in the export.",
                "1 answer had failed and has no text.");
    }

    @Test
    void a_topic_alone_is_a_conversation() {
        var conversation =
                only("""
                {"title": "One topic", "version": "2.0", "messages": [
                  {"role": "user", "content": "Q", "createdAt": 1}, {"role": "assistant", "content": "<think>Hm.</think>A", "createdAt": 2}]}""");

        assertThat(conversation.title()).isEqualTo("One topic");
        assertThat(conversation.id()).isNull();
        assertThat(Told.lines(conversation)).containsExactly("null > message 0 user: Q", "message 0 > message 1 assistant: A");
        assertThat(conversation.messages().get(1).thinking()).isEqualTo("Hm.");
    }

    @Test
    void odd_rows_are_read_and_bad_ones_named() {
        var told = Told.by(format, ImportFile
                .of("""
                {"mode": "x", "data": {"topics": [{"id": "t", "title": "Topic"}, 4, {"id" 3}], "sessions": {}, "messages": [
                    {"id": "a", "topicId": "t", "role": "user", "content": 7, "parentId": "a", "createdAt": "when"}, null,
                    {"topicId": "t", "content" 4}, {"topicId": "t", "role": "ghost"},
                    {"id": "b", "topicId": "t", "role": "assistant", "content": "B", "parentId": "nowhere", "tools": "x", "reasoning": 3},"""));

        assertThat(told.conversations).extracting(SourceConversation::title).containsExactly("Topic", null);
        assertThat(Told.lines(told.conversations.get(0))).containsExactly("null > a user: ", "a > b assistant: B");
        assertThat(told.conversations.get(0).notes()).containsExactly("1 entry is no message.");
        assertThat(told.failures).containsExactly(Map.entry("A row of topics", "It is not valid JSON."),
                Map.entry("Topic", "A message is missing in it. It is not valid JSON."),
                Map.entry("The file", "The file ends in the middle."));
    }

    @Test
    void a_topic_without_messages_is_named() {
        var told = Told.by(format, ImportFile.of("""
                {"mode": "x", "data": {"topics": [{"id": "e", "title": "Empty"}, {"id": "t", "title": "Topic"}],
                  "messages": [{"id": "a", "topicId": "t", "role": "user", "content": "Hi"}]}}"""));

        assertThat(told.conversations).extracting(SourceConversation::title).containsExactly("Topic");
        assertThat(told.failures).containsExactly(Map.entry("Empty", "It has no messages."));
    }

    @Test
    void only_lobehubs_own_is_recognized() {
        for (var other : List.of("{\"title\": \"t\", \"messages\": [], \"export_version\": \"1.0\", \"version\": 1}", "{\"data\": []}",
                "{\"workspace\": \"w\", \"thread\": null, \"messages\": []}", "[]", "{}")) {
            assertThat(Told.isOf(format, ImportFile.of(other))).as(other).isFalse();
        }
    }

    private SourceConversation only(String json) {
        return Told.by(format, ImportFile.of(json)).only();
    }
}
