package ollamaweb.imports.sources.librechat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import ollamaweb.imports.sources.ImportFile;
import ollamaweb.imports.sources.SourceConversation;
import ollamaweb.imports.sources.Told;
import org.junit.jupiter.api.Test;

class LibreChatFormatTest {

    private static final String ROOT = "00000000-0000-0000-0000-000000000000";

    private final LibreChatFormat format = new LibreChatFormat();

    @Test
    void messages_hold_those_that_follow_them() {
        var conversation = only("""
                {"conversationId": "c", "endpoint": "openAI", "title": "Nested", "exportAt": "10:00:00 GMT+0100", "branches": true,
                 "recursive": true, "options": {"model": "gpt-4o", "promptPrefix": "Be brief."}, "messagesTree": [
                   {"messageId": "q", "parentMessageId": "%s", "isCreatedByUser": true, "text": "Q", "model": null,
                    "createdAt": "2024-11-04T10:00:00.000Z", "children": [
                      {"messageId": "a", "isCreatedByUser": false, "text": "A", "model": "gpt-4o", "tokenCount": 3,
                       "feedback": {"rating": "thumbsDown"}, "children": [{"messageId": "r", "isCreatedByUser": true, "text": "R"}]},
                      {"messageId": "b", "isCreatedByUser": false, "text": "B", "children": []}]},
                   {"messageId": "s", "isCreatedByUser": true, "text": "S"}]}""".formatted(ROOT));

        assertThat(Told.lines(conversation)).containsExactly("null > q user: Q", "q > a assistant: A", "a > r user: R",
                "q > b assistant: B",
                "null > s user: S");
        assertThat(conversation.id()).isEqualTo("c");
        assertThat(conversation.modelName()).isEqualTo("gpt-4o");
        assertThat(conversation.systemPrompt()).isEqualTo("Be brief.");
        assertThat(conversation.createdAt()).isNull();
        assertThat(Told.message(conversation, "q").createdAt()).isEqualTo(Instant.parse("2024-11-04T10:00:00Z"));
        assertThat(Told.message(conversation, "a").tokensUsed()).isEqualTo(3);
        assertThat(Told.message(conversation, "a").reaction()).isEqualTo("👎");
    }

    @Test
    void a_list_names_what_each_follows() {
        var conversation = only("""
                {"conversationId": "c", "model": "m", "messages": [
                   {"messageId": "q", "parentMessageId": "%s", "isCreatedByUser": true, "text": "Q"},
                   {"messageId": "a", "parentMessageId": "q", "isCreatedByUser": false, "text": "A"},
                   {"messageId": "b", "parentMessageId": "q", "isCreatedByUser": false, "text": "B"},
                   {"messageId": "r", "parentMessageId": "%s", "sender": "User", "text": "R"}, {"isCreatedByUser": false, "text": "C"}]}"""
                .formatted(ROOT, ROOT));

        assertThat(Told.lines(conversation)).containsExactly("null > q user: Q", "q > a assistant: A", "q > b assistant: B",
                "null > r user: R",
                "r > message 4 assistant: C");
        assertThat(conversation.modelName()).isEqualTo("m");
    }

    @Test
    void parts_of_an_answer_are_told_apart() {
        var conversation = only("""
                {"conversationId": "c", "messages": [{"messageId": "a", "isCreatedByUser": false, "text": "", "files": [{"filename": "x"}],
                   "content": [{"type": "think", "think": "Hm."}, {"type": "text", "text": {"value": "Looking."}},
                     {"type": "tool_call", "tool_call": {"name": "time", "args": "{\\"zone\\":\\"UTC\\"}", "output": "10:00"}},
                     {"type": "text", "text": "Ten."}, {"type": "image_file", "image_file": {}}, {"type": "smell"}]},
                  {"messageId": "b", "isCreatedByUser": false, "text": ":::thinking\\nOld way\\n:::\\nText"}]}""");

        assertThat(Told.lines(conversation)).containsExactly("null > a#1 assistant: Looking.", "a#1 > a#2 tool: 10:00",
                "a#2 > a assistant: Ten.",
                "a > b assistant: Text");
        assertThat(conversation.messages().get(0).thinking()).isEqualTo("Hm.");
        assertThat(conversation.messages().get(0).toolCalls()).contains("{\"zone\":\"UTC\"}");
        assertThat(Told.message(conversation, "b").thinking()).isEqualTo("Old way");
        assertThat(conversation.notes()).containsExactly("2 images or files are not in the export.",
                "1 part of a message is of a kind that is not known.");
    }

    @Test
    void arguments_too_long_for_a_call_are_told_in_the_text() {
        var conversation = only("""
                {"conversationId": "c", "messages": [{"messageId": "a", "isCreatedByUser": false, "content": [
                   {"type": "tool_call", "tool_call": {"name": "write", "args": "%s"}}]}]}""".formatted("`".repeat(40_000)));

        assertThat(conversation.messages().get(0).content()).hasSizeBetween(42_000, 42_010);
        assertThat(conversation.messages().get(0).toolCalls()).isEqualTo("[{\"function\":{\"name\":\"write\",\"arguments\":{}}}]");
    }

    @Test
    void a_conversation_of_many_messages_may_be_nested_as_deep() {
        int length = 20_000;
        var json = new StringBuilder("{\"conversationId\":\"c\",\"messagesTree\":[");
        for (int i = 0; i < length; i++) {
            json.append("{\"messageId\":\"").append(i).append("\",\"text\":\"t\",\"children\":[");
        }
        json.append("]}".repeat(length)).append("]}");

        var conversation = only(json.toString());

        assertThat(conversation.messages()).hasSize(length);
        assertThat(conversation.messages().get(length - 1).parentId()).isEqualTo(String.valueOf(length - 2));
    }

    @Test
    void what_is_odd_is_passed_over_and_what_is_broken_is_named() {
        var odd =
                only("""
                {"conversationId": 4, "options": [], "messagesTree": [1, {"children": [{"messageId": "x", "children": 3, "content": "x"}]}, null]}""");
        var deep = Told.by(format, ImportFile.of("{\"conversationId\":\"c\",\"title\":\"Deep\",\"messages\":" + "[".repeat(1_000_000)));
        var none = Told.by(format, ImportFile.of("{\"conversationId\":\"c\",\"title\":\"None\",\"messages\":7}"));
        var half = Told.by(format, ImportFile.of("{\"conversationId\":\"c\",\"messages\":[{\"text\":\"Hel"));

        assertThat(Told.lines(odd)).containsExactly("null > message 0 assistant: ", "message 0 > x assistant: ");
        assertThat(odd.notes()).containsExactly("2 entries are no messages.");
        assertThat(deep.failures).containsExactly(Map.entry("Deep", "It is nested more than 100200 levels deep."));
        assertThat(none.failures).containsExactly(Map.entry("None", "There are no messages in it."));
        assertThat(half.failures).containsExactly(Map.entry("The file", "The file ends in the middle."));
    }

    @Test
    void only_a_conversation_of_librechat_is_recognized() {
        for (var other : List.of("[{\"conversationId\": 1, \"messages\": []}]", "{\"messages\": []}", "{\"conversationId\": 1}", "x")) {
            assertThat(Told.isOf(format, ImportFile.of(other))).as(other).isFalse();
        }
    }

    private SourceConversation only(String json) {
        return Told.by(format, ImportFile.of(json)).only();
    }
}
