package ollamaweb.imports.sources.claude;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import ollamaweb.imports.sources.ImportFile;
import ollamaweb.imports.sources.SourceConversation;
import ollamaweb.imports.sources.SourceFile;
import ollamaweb.imports.sources.SourceMessage;
import ollamaweb.imports.sources.Told;
import org.junit.jupiter.api.Test;

class ClaudeFormatTest {

    private final ClaudeFormat format = new ClaudeFormat();

    @Test
    void an_older_conversation_is_a_list_in_order() {
        var conversation = only("""
                {"uuid": "c1", "name": "", "created_at": "2024-11-04T10:00:00.123456Z", "updated_at": "2024-11-04T10:05:00.000000+00:00",
                 "chat_messages": [
                   {"uuid": "m1", "sender": "human", "text": "Hello", "created_at": "2024-11-04T10:00:01.000001Z", "attachments": [], "files": []},
                   {"uuid": "m2", "sender": "assistant", "text": "Hi!", "content": [{"type": "text", "text": "Hi there!"}]},
                   {"sender": "human", "text": "Bye"}]}""");

        assertThat(Told.lines(conversation)).containsExactly("null > m1 user: Hello", "m1 > m2 assistant: Hi there!",
                "m2 > message 2 user: Bye");
        assertThat(conversation.id()).isEqualTo("c1");
        assertThat(conversation.title()).isEmpty();
        assertThat(conversation.modelName()).isNull();
        assertThat(conversation.createdAt()).isEqualTo(Instant.parse("2024-11-04T10:00:00.123456Z"));
        assertThat(conversation.updatedAt()).isEqualTo(Instant.parse("2024-11-04T10:05:00Z"));
        assertThat(conversation.currentMessageId()).isNull();
    }

    @Test
    void branches_follow_the_message_that_they_name() {
        var conversation = only("""
                {"chat_messages": [
                   {"uuid": "q", "sender": "human", "text": "Q", "parent_message_uuid": "00000000-0000-4000-8000-000000000000"},
                   {"uuid": "a", "sender": "assistant", "text": "A", "parent_message_uuid": "q"},
                   {"uuid": "b", "sender": "assistant", "text": "B", "parent_message_uuid": "q"},
                   {"uuid": "r", "sender": "human", "text": "R", "parent_message_uuid": null}]}""");

        assertThat(Told.lines(conversation)).containsExactly("null > q user: Q", "q > a assistant: A", "q > b assistant: B",
                "null > r user: R");
    }

    @Test
    void thoughts_and_tools_become_messages_as_ollama_makes_them() {
        var conversation = only("""
                {"chat_messages": [
                   {"uuid": "q", "sender": "human", "text": "Weather?"},
                   {"uuid": "a", "sender": "assistant", "text": "", "content": [
                      {"type": "thinking", "thinking": "I look it up."},
                      {"type": "text", "text": "Let me see."},
                      {"type": "tool_use", "id": "t1", "name": "weather", "input": {"city": "Ulm"}},
                      {"type": "tool_result", "tool_use_id": "t1", "content": [{"type": "text", "text": "Rain"}, {"type": "image"}]},
                      {"type": "token_budget"},
                      {"type": "text", "text": "It rains."}, {"type": "hologram"}]},
                   {"uuid": "r", "sender": "human", "text": "Thanks"}]}""");

        assertThat(Told.lines(conversation)).containsExactly("null > q user: Weather?", "q > a#1 assistant: Let me see.",
                "a#1 > a#2 tool: Rain",
                "a#2 > a assistant: It rains.", "a > r user: Thanks");
        assertThat(Told.message(conversation, "a#1").thinking()).isEqualTo("I look it up.");
        assertThat(Told.message(conversation, "a#1").toolCalls())
                .isEqualTo("[{\"function\":{\"name\":\"weather\",\"arguments\":{\"city\":\"Ulm\"}}}]");
        assertThat(Told.message(conversation, "a#2").toolName()).isEqualTo("weather");
        assertThat(conversation.notes()).containsExactly("1 image or file is not in the export.",
                "1 part of a message is of a kind that is not known.");
    }

    @Test
    void artifacts_are_part_of_the_answer() {
        var conversation = only("""
                {"chat_messages": [{"uuid": "a", "sender": "assistant", "content": [
                   {"type": "text", "text": "Here:"},
                   {"type": "tool_use", "name": "artifacts", "input": {"title": "Sum", "language": "python", "content": "print(1)"}},
                   {"type": "tool_result", "name": "artifacts", "content": [{"type": "text", "text": "OK"}]},
                   {"type": "text", "text": "Done."}]}]}""");

        assertThat(Told.lines(conversation))
                .containsExactly("null > a assistant: Here:\n\n**Sum**\n\n```python\nprint(1)\n```\n\nDone.");
    }

    @Test
    void pasted_texts_are_files_and_files_without_bytes_are_noted() {
        var told = Told.by(format, ImportFile.zip("data/conversations.json", """
                [{"chat_messages": [{"uuid": "q", "sender": "human", "text": "", "attachments": [
                    {"file_name": "", "extracted_content": "A long tëxt"}, {"file_name": "list.csv", "extracted_content": "1,2"},
                    {"file_name": "empty.pdf"}], "files": [{"file_name": "cat.png"}]}]}]""", "users.json", "[]"));

        var message = told.only().messages().get(0);
        assertThat(message.content()).isEmpty();
        assertThat(message.files()).extracting(SourceFile::name).containsExactly("pasted.txt", "list.csv");
        assertThat(told.bytes.get(message.files().get(0))).isEqualTo("A long tëxt".getBytes(UTF_8));
        assertThat(told.only().notes()).containsExactly("2 images or files are not in the export.");
    }

    @Test
    void arguments_too_long_for_a_call_are_told_in_the_text() {
        var conversation = only("""
                {"chat_messages": [{"uuid": "a", "sender": "assistant", "content": [
                   {"type": "tool_use", "name": "write", "input": {"text": "%s"}}]}]}""".formatted("x".repeat(20_000)));

        assertThat(conversation.messages()).extracting(SourceMessage::toolCalls)
                .containsExactly("[{\"function\":{\"name\":\"write\",\"arguments\":{}}}]");
        assertThat(conversation.messages().get(0).content()).startsWith("```json\n{\"text\":\"xxx");
    }

    @Test
    void odd_and_broken_conversations_are_named() {
        var told = Told.by(format, ImportFile.zip("conversations.json", """
                [{"name": "Nothing", "chat_messages": null},
                 {"name": "Odd", "created_at": 17, "chat_messages": [3, {"sender": "ghost"}, {"sender": "assistant", "content": "As text",
                   "attachments": 4, "files": "x", "parent_message_uuid": 8}]},
                 {"name": "Half", "chat_messages": [{"sender": "human", "text": "x""", "users.json", "[]"));

        assertThat(Told.lines(told.conversations.get(0))).containsExactly("8 > message 2 assistant: As text");
        assertThat(told.conversations.get(0).notes()).containsExactly("2 entries are no messages.");
        assertThat(told.failures).containsExactly(Map.entry("Nothing", "There are no messages in it."),
                Map.entry("conversations.json", "The file ends in the middle."));
    }

    @Test
    void only_claudes_own_is_recognized() {
        assertThat(Told.isOf(format, ImportFile.of("[{\"uuid\": 1, \"chat_messages\": []}]"))).isTrue();
        assertThat(Told.isOf(format, ImportFile.zip("conversations.json", "[]", "users.json", "[]"))).isTrue();
        assertThat(Told.isOf(format, ImportFile.zip("conversations.json", "[]"))).isFalse();
        for (var other : List.of("[{\"mapping\": {}}]", "{\"chat_messages\": []}", "[1]", "")) {
            assertThat(Told.isOf(format, ImportFile.of(other))).as(other).isFalse();
        }
    }

    private SourceConversation only(String conversation) {
        return Told.by(format, ImportFile.zip("conversations.json", "[" + conversation + "]")).only();
    }
}
