package ollamaweb.imports.sources.anythingllm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import ollamaweb.imports.sources.ImportFile;
import ollamaweb.imports.sources.SourceConversation;
import ollamaweb.imports.sources.Told;
import org.junit.jupiter.api.Test;

class AnythingLlmFormatTest {

    private final AnythingLlmFormat format = new AnythingLlmFormat();

    @Test
    void rows_of_a_user_in_a_workspace_are_a_conversation() {
        var told = Told.by(format, ImportFile.of("""
                [{"id": 1, "prompt": "Q1", "response": "<think>Hm.</think>A1", "sent_at": "2024-11-04T10:00:00.000Z", "rating": "GOOD",
                  "attachments": [{"type": "image", "image": "data:image/png;base64,iVBORw=="}, {"type": "image", "image": "path"}],
                  "workspace": "docs", "username": "ada"},
                 {"id": 2, "prompt": "Q2", "response": "A2", "workspace": "docs", "username": "bob", "rating": "--"},
                 {"id": 3, "prompt": "Q3", "response": {"text": "A3"}, "workspace": "docs", "username": "ada", "rating": false}]"""));

        assertThat(told.failures).isEmpty();
        assertThat(told.conversations).extracting(SourceConversation::title).containsExactly("docs", "docs");
        assertThat(told.conversations).extracting(SourceConversation::id).doesNotHaveDuplicates().doesNotContainNull();
        var conversation = told.conversations.get(0);
        assertThat(Told.lines(conversation)).containsExactly("null > 1 prompt user: Q1", "1 prompt > 1 response assistant: A1",
                "1 response > 3 prompt user: Q3", "3 prompt > 3 response assistant: A3");
        var answer = Told.message(conversation, "1 response");
        assertThat(answer.thinking()).isEqualTo("Hm.");
        assertThat(answer.reaction()).isEqualTo("👍");
        assertThat(answer.createdAt()).isEqualTo(Instant.parse("2024-11-04T10:00:00Z"));
        assertThat(Told.message(conversation, "3 response").reaction()).isEqualTo("👎");
        assertThat(told.bytes.get(Told.message(conversation, "1 prompt").files().get(0))).containsExactly(0x89, 'P', 'N', 'G');
        assertThat(conversation.notes()).containsExactly("1 image or file is not in the export.");
    }

    @Test
    void a_line_is_a_workspace_with_its_system_prompt_first() {
        var told = Told.by(format, ImportFile.of("""
                {"messages": [{"role": "system", "content": [{"type": "text", "text": "Be kind."}]},
                 {"role": "user", "content": [{"type": "text", "text": "Q"}, {"type": "image", "image": "data:image/png;base64,iVBORw=="}]},
                 {"role": "assistant", "content": [{"type": "text", "text": "<thought>So.</thought> A"}]}]}
                {"messages": 3}

                {"messages": [{"role": "user", "content"
                {"messages": [{"role": "user", "content": "Plain"}, {"role": "assistant", "content": null}, {"role": "?"}]}"""
                .replace(",\n", ",")));

        assertThat(told.conversations).extracting(SourceConversation::systemPrompt).containsExactly("Be kind.", null);
        assertThat(Told.lines(told.conversations.get(0))).containsExactly("null > 0 user: Q", "0 > 1 assistant: A");
        assertThat(told.conversations.get(0).messages().get(1).thinking()).isEqualTo("So.");
        assertThat(told.conversations.get(0).messages().get(0).files()).hasSize(1);
        assertThat(told.conversations.get(0).id()).isNull();
        assertThat(Told.lines(told.conversations.get(1))).containsExactly("null > 0 user: Plain", "0 > 1 assistant: ");
        assertThat(told.conversations.get(1).notes()).containsExactly("1 entry is no message.");
        assertThat(told.failures).containsExactly(Map.entry("Conversation 2", "There are no messages in it."),
                Map.entry("Conversation 3", "It is not valid JSON."));
    }

    @Test
    void a_thread_is_a_conversation() {
        var conversation = Told.by(format, ImportFile.of("""
                {"workspace": "docs", "thread": null, "exported": "2024-11-04T10:00:00.000Z", "messages": [
                  {"role": "user", "content": "Q"}, {"role": "assistant", "content": "A", "reasoning": "Hm."}]}""")).only();

        assertThat(Told.lines(conversation)).containsExactly("null > 0 user: Q", "0 > 1 assistant: A");
        assertThat(conversation.title()).isEqualTo("docs");
        assertThat(conversation.id()).as("several threads have the same name").isNull();
        assertThat(conversation.messages().get(1).thinking()).isEqualTo("Hm.");
    }

    @Test
    void odd_rows_are_read_and_bad_ones_named() {
        var told = Told.by(format, ImportFile.of("""
                [{"prompt": "Q", "response": null}, 5, {"id": 9, "workspace": "w", "prompt": 7, "response": "<think>never closed", "attachments": {"a": 1}},
                 {"workspace": "w", "prompt" 3}, {"workspace": "w", "id": 10, "prompt": "Q", "response": "A"},"""));

        assertThat(told.conversations).extracting(SourceConversation::title).containsExactly("", "w");
        assertThat(Told.lines(told.conversations.get(1))).containsExactly("null > 9 prompt user: 7", "9 prompt > 9 response assistant: ",
                "9 response > 10 prompt user: Q", "10 prompt > 10 response assistant: A");
        assertThat(told.conversations.get(1).messages().get(1).thinking()).isEqualTo("never closed");
        assertThat(told.failures).containsExactly(Map.entry("A row", "It is not valid JSON."),
                Map.entry("The file", "The file ends in the middle."));
    }

    @Test
    void what_is_no_conversation_is_not_recognized() {
        for (var other : List.of("[{\"instruction\": \"i\", \"input\": \"q\", \"output\": \"a\"}]", "[]", "{}",
                "{\"title\": \"t\", \"messages\": [], \"version\": \"2.0\"}", "id,prompt,response")) {
            assertThat(Told.isOf(format, ImportFile.of(other))).as(other).isFalse();
        }
    }
}
