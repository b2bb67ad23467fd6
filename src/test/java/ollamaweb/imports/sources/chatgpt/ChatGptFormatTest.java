package ollamaweb.imports.sources.chatgpt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import ollamaweb.imports.sources.ImportFile;
import ollamaweb.imports.sources.SourceConversation;
import ollamaweb.imports.sources.SourceFile;
import ollamaweb.imports.sources.Told;
import org.junit.jupiter.api.Test;

class ChatGptFormatTest {

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 1, 2, 3};

    private final ChatGptFormat format = new ChatGptFormat();

    @Test
    void a_conversation_comes_with_its_title_model_times_and_marks() {
        var conversation = only("""
                {"conversation_id": "c1", "id": "x", "title": "Cats", "create_time": 1730714400.25, "update_time": 1730714460,
                 "default_model_slug": "gpt-4o", "is_archived": true, "is_starred": true, "current_node": "a", "unknown": {"x": [1]},
                 "mapping": {
                   "root": {"id": "root", "message": null, "parent": null, "children": ["u"]},
                   "u": {"id": "u", "parent": "root", "message": {"author": {"role": "user"}, "create_time": 1730714401.5,
                         "content": {"content_type": "text", "parts": ["Why do cats purr?"]}, "metadata": {}}},
                   "a": {"id": "a", "parent": "u", "message": {"author": {"role": "assistant"}, "create_time": null, "recipient": "all",
                         "content": {"content_type": "text", "parts": ["They are **content**."]}, "metadata": {"model_slug": "o3"}}}}}""");

        assertThat(conversation.id()).isEqualTo("c1");
        assertThat(conversation.title()).isEqualTo("Cats");
        assertThat(conversation.modelName()).isEqualTo("gpt-4o");
        assertThat(conversation.createdAt()).isEqualTo(Instant.parse("2024-11-04T10:00:00.250Z"));
        assertThat(conversation.updatedAt()).isEqualTo(Instant.parse("2024-11-04T10:01:00Z"));
        assertThat(conversation.archived()).isTrue();
        assertThat(conversation.pinned()).isTrue();
        assertThat(conversation.currentMessageId()).isEqualTo("a");
        assertThat(Told.lines(conversation)).containsExactly("null > u user: Why do cats purr?", "u > a assistant: They are **content**.");
        assertThat(Told.message(conversation, "u").createdAt()).isEqualTo(Instant.parse("2024-11-04T10:00:01.500Z"));
        assertThat(Told.message(conversation, "u").modelName()).isNull();
        assertThat(Told.message(conversation, "a").modelName()).isEqualTo("o3");
        assertThat(Told.message(conversation, "a").createdAt()).isNull();
        assertThat(conversation.notes()).isEmpty();
    }

    @Test
    void hidden_nodes_are_walked_through_and_branches_kept() {
        var conversation = only("""
                {"title": null, "current_node": "recap", "mapping": {
                   "sys": {"message": {"author": {"role": "system"}, "content": {"content_type": "text", "parts": ["Be nice"]}}},
                   "ctx": {"parent": "sys", "message": {"author": {"role": "user"}, "content": {"content_type": "user_editable_context"}}},
                   "u": {"parent": "ctx", "message": {"author": {"role": "user"}, "content": {"content_type": "text", "parts": ["Hi"]}}},
                   "gone": {"parent": "u", "message": {"author": {"role": "assistant"}, "content": {"content_type": "text", "parts": ["?"]},
                      "metadata": {"is_visually_hidden_from_conversation": true}}},
                   "empty": {"parent": "gone", "message": {"author": {"role": "assistant"}, "content": {"content_type": "text", "parts": [""]}}},
                   "a1": {"parent": "empty", "message": {"author": {"role": "assistant"}, "content": {"content_type": "text", "parts": ["One"]}}},
                   "a2": {"parent": "u", "message": {"author": {"role": "assistant"}, "content": {"content_type": "text", "parts": ["Two"]}}},
                   "recap": {"parent": "a2", "message": {"author": {"role": "assistant"}, "content": {"content_type": "reasoning_recap",
                      "content": "Thought for 8s"}}}}}""");

        assertThat(Told.lines(conversation)).containsExactly("null > u user: Hi", "u > a1 assistant: One", "u > a2 assistant: Two");
        assertThat(conversation.currentMessageId()).isEqualTo("a2");
        assertThat(conversation.title()).isNull();
        assertThat(conversation.id()).isNull();
    }

    @Test
    void thoughts_come_with_the_answer_below_them_or_alone() {
        var conversation = only("""
                {"mapping": {
                   "u": {"parent": null, "message": {"author": {"role": "user"}, "content": {"content_type": "text", "parts": ["2+2?"]}}},
                   "t": {"parent": "u", "message": {"author": {"role": "assistant"}, "content": {"content_type": "thoughts",
                      "thoughts": [{"summary": "Adding", "content": "Two and two."}, {"summary": "", "content": "Four."}]}}},
                   "r": {"parent": "t", "message": {"author": {"role": "assistant"}, "content": {"content_type": "reasoning_recap"}}},
                   "a": {"parent": "r", "message": {"author": {"role": "assistant"}, "content": {"content_type": "text", "parts": ["4"]}}},
                   "t2": {"parent": "a", "message": {"author": {"role": "assistant"}, "create_time": 5, "content":
                      {"content_type": "thoughts", "thoughts": [{"content": "Never mind"}]}}}}}""");

        assertThat(Told.lines(conversation)).containsExactly("null > u user: 2+2?", "u > a assistant: 4", "a > t2 assistant: ");
        assertThat(Told.message(conversation, "a").thinking()).isEqualTo("Adding\n\nTwo and two.\n\nFour.");
        assertThat(Told.message(conversation, "t2").thinking()).isEqualTo("Never mind");
    }

    @Test
    void calls_of_tools_and_what_they_gave_are_messages_of_their_own() {
        var conversation = only("""
                {"mapping": {
                   "c": {"message": {"author": {"role": "assistant"}, "recipient": "python",
                      "content": {"content_type": "code", "language": "python", "text": "print(1)"}}},
                   "o": {"parent": "c", "message": {"author": {"role": "tool", "name": "python"},
                      "content": {"content_type": "execution_output", "text": "1"}}},
                   "a": {"parent": "o", "message": {"author": {"role": "assistant"}, "recipient": "all",
                      "content": {"content_type": "code", "language": "unknown", "text": "a ``` b"}}}}}""");

        assertThat(Told.lines(conversation)).containsExactly("null > c assistant: ", "c > o tool: 1",
                "o > a assistant: ````\na ``` b\n````");
        assertThat(Told.message(conversation, "c").toolCalls())
                .isEqualTo("[{\"function\":{\"name\":\"python\",\"arguments\":{\"input\":\"print(1)\"}}}]");
        assertThat(Told.message(conversation, "o").toolName()).isEqualTo("python");
    }

    @Test
    void images_are_found_by_their_ids_and_absent_ones_are_noted() {
        var told = Told.by(format, ImportFile.zip(
                "export/conversations.json", """
                        [{"title": "Pictures", "mapping": {"u": {"message": {"author": {"role": "user"},
                          "metadata": {"attachments": [{"id": "file-AB", "name": "cat.png"}, {"id": "file-TXT", "name": "notes.txt"}]},
                          "content": {"content_type": "multimodal_text", "parts": [
                            {"content_type": "image_asset_pointer", "asset_pointer": "file-service://file-AB"},
                            {"content_type": "image_asset_pointer", "asset_pointer": "sediment://file_00cd#page"},
                            {"content_type": "image_asset_pointer", "asset_pointer": "file-service://file-A"},
                            {"content_type": "audio_asset_pointer"}, {"content_type": "audio_transcription", "text": "said"},
                            "Look", 7]}}}}}]""",
                "export/file-AB-cat original.png", PNG,
                "export/dalle-generations/file_00cd.dat", new byte[] {1},
                "export/file-TXT-notes.txt", "text",
                "export/conversation_asset_file_names.json", "{\"file_00cd.dat\": \"drawn.webp\"}"));

        var message = told.only().messages().get(0);
        assertThat(message.content()).isEqualTo("said\n\nLook");
        assertThat(message.files()).extracting(SourceFile::name).containsExactly("cat.png", "drawn.webp", "notes.txt");
        assertThat(told.bytes.get(message.files().get(0))).isEqualTo(PNG);
        assertThat(told.only().notes()).containsExactly("1 image or file is not in the export.", "1 recording was left out.");
    }

    @Test
    void several_lists_are_one_and_what_is_in_two_comes_once() {
        var told = Told.by(format, ImportFile.zip(
                "chat.html", "<html>",
                "shared_conversations.json", "[{\"id\": \"s\", \"title\": \"Shared\"}]",
                "conversations-001.json", "[" + small("c", "Third") + "," + small("a", "Once more") + "]",
                "conversations-000.json", "[" + small("a", "First") + "," + small("b", "Second") + "]",
                "__MACOSX/._conversations-000.json", "binary"));

        assertThat(told.conversations).extracting(SourceConversation::title).containsExactly("First", "Second", "Third");
        assertThat(told.failures).isEmpty();
    }

    @Test
    void a_bad_conversation_is_named_and_keeps_no_other_back() {
        var told = Told.by(format, ImportFile.zip("conversations.json", "[" + String.join(",",
                small("a", "Good"),
                "{\"title\": \"No messages\", \"id\": \"n\"}",
                "{\"title\": \"Long number\", \"mapping\": " + "9".repeat(1_000_000) + "}",
                "{\"title\": \"Deep\", \"mapping\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}",
                "{\"title\": \"Broken\", \"mapping\": {\"x\" 1}}",
                "17", "null",
                small("b", "Good, too")) + "]"));

        assertThat(told.conversations).extracting(SourceConversation::title).containsExactly("Good", "Good, too");
        assertThat(told.failures).containsExactly(
                Map.entry("No messages", "There are no messages in it."),
                Map.entry("Long number", "A number in it has more than 1000 digits."),
                Map.entry("Deep", "It is nested more than 1000 levels deep."),
                Map.entry("Broken", "It is not valid JSON."),
                Map.entry("Conversation 6", "There are no messages in it."),
                Map.entry("Conversation 7", "There are no messages in it."));
    }

    @Test
    void what_comes_before_a_cut_counts_and_the_cut_is_told_once() {
        var whole = "[" + small("a", "Good") + "," + small("b", "Cut off") + "]";
        var told = Told.by(format, ImportFile.zip(
                "conversations-000.json", whole.substring(0, whole.length() - 20),
                "conversations-001.json", "[" + small("c", "Next list") + "]"));

        assertThat(told.conversations).extracting(SourceConversation::title).containsExactly("Good", "Next list");
        assertThat(told.failures).containsExactly(Map.entry("conversations-000.json", "The file ends in the middle."));
    }

    @Test
    void cycles_orphans_and_wrong_types_are_told_as_they_are() {
        var conversation = only("""
                {"title": 7, "create_time": "yesterday", "update_time": 1e300, "is_archived": "maybe", "current_node": ["x"], "mapping": {
                   "a": {"parent": "b", "message": {"author": {"role": "user"}, "content": {"parts": ["A"]}, "metadata": 3}},
                   "b": {"parent": "a", "message": {"author": {"role": "assistant"}, "create_time": NaN, "content": {"parts": ["B"]}}},
                   "h1": {"parent": "h2"}, "h2": {"parent": "h1", "message": null},
                   "c": {"parent": "h1", "message": {"author": {"role": "user"}, "content": {"parts": ["C"]}}},
                   "d": {"parent": "nowhere", "message": {"author": {"role": "user"}, "content": {"text": "D"}}},
                   "e": {"parent": 5, "children": ["f"], "message": {"author": {"role": "user"}, "content": {"parts": ["E"]}}},
                   "f": {"message": {"author": {"role": "assistant"}, "content": {"parts": ["F"]}}},
                   "g": {"message": {"author": {"role": "walrus"}, "content": "x"}}, "h": 3}}""");

        assertThat(Told.lines(conversation)).containsExactly("b > a user: A", "a > b assistant: B", "null > c user: C", "null > d user: D",
                "null > e user: E", "e > f assistant: F");
        assertThat(conversation.createdAt()).isNull();
        assertThat(conversation.updatedAt()).isAfter(Instant.parse("9999-12-31T00:00:00Z"));
        assertThat(conversation.title()).isEqualTo("7");
        assertThat(conversation.currentMessageId()).isNull();
        assertThat(conversation.notes()).containsExactly(
                "Of 2 messages each follows one that is not in the file, and stands at a beginning.", "1 entry is no message.");
    }

    @Test
    void the_list_alone_is_recognized_and_other_zips_are_not() {
        assertThat(Told.isOf(format, ImportFile.of("\uFEFF [" + small("a", "x") + "]"))).isTrue();
        assertThat(Told.isOf(format, ImportFile.zip("conversations.json", "[]", "user.json", "{}"))).isTrue();
        assertThat(Told.isOf(format, ImportFile.zip("conversations.json", "[{\"chat_messages\": []}]"))).isFalse();
        assertThat(Told.isOf(format, ImportFile.zip("other.json", "[" + small("a", "x") + "]"))).isFalse();
        for (var other : List.of("", "nonsense", "{}", "[", "[[[", "{\"mapping\": {}}", "\u0000")) {
            assertThat(Told.isOf(format, ImportFile.of(other))).as(other).isFalse();
        }
    }

    private SourceConversation only(String conversation) {
        return Told.by(format, ImportFile.zip("conversations.json", "[" + conversation + "]")).only();
    }

    private static String small(String id, String title) {
        return """
                {"id": "%s", "title": "%s", "mapping": {"u": {"parent": null, "message": {"author": {"role": "user"},
                 "content": {"content_type": "text", "parts": ["Hi"]}}}}}""".formatted(id, title);
    }
}
