package ollamaweb.imports.sources.openwebui;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import ollamaweb.imports.sources.ImportFile;
import ollamaweb.imports.sources.SourceConversation;
import ollamaweb.imports.sources.SourceFile;
import ollamaweb.imports.sources.Told;
import org.junit.jupiter.api.Test;

class OpenWebUiFormatTest {

    private final OpenWebUiFormat format = new OpenWebUiFormat();

    @Test
    void a_chat_comes_with_its_branches_models_and_marks() {
        var conversation =
                only("""
                {"id": "c", "user_id": "u", "title": "Row", "created_at": 1730714400, "updated_at": 1730714460, "archived": false, "pinned": true,
                 "meta": {"tags": ["work", "ai"]}, "folder_id": null, "chat": {"title": "Chat", "models": ["llama3.2", "qwen3"],
                 "timestamp": 1730714400000, "params": {"system": "Be brief."}, "history": {"currentId": "b", "messages": {
                   "q": {"id": "q", "parentId": null, "childrenIds": ["a", "b"], "role": "user", "content": "Hi", "timestamp": 1730714401},
                   "a": {"id": "a", "parentId": "q", "role": "assistant", "content": "One", "model": "llama3.2", "timestamp": 1730714402,
                         "annotation": {"rating": -1}, "usage": {"eval_count": 7, "prompt_eval_count": 12, "total_duration": 2500000000}},
                   "b": {"id": "b", "parentId": "q", "role": "assistant", "content": "Two", "model": "qwen3", "annotation": {"rating": 1}}}}}}""");

        assertThat(Told.lines(conversation)).containsExactly("null > q user: Hi", "q > a assistant: One", "q > b assistant: Two");
        assertThat(conversation.title()).isEqualTo("Row");
        assertThat(conversation.modelName()).isEqualTo("llama3.2");
        assertThat(conversation.systemPrompt()).isEqualTo("Be brief.");
        assertThat(conversation.createdAt()).isEqualTo(Instant.parse("2024-11-04T10:00:00Z"));
        assertThat(conversation.pinned()).isTrue();
        assertThat(conversation.archived()).isFalse();
        assertThat(conversation.tags()).containsExactly("work", "ai");
        assertThat(conversation.currentMessageId()).isEqualTo("b");
        var one = Told.message(conversation, "a");
        assertThat(one.modelName()).isEqualTo("llama3.2");
        assertThat(one.reaction()).isEqualTo("👎");
        assertThat(one.tokensUsed()).isEqualTo(7);
        assertThat(one.promptTokens()).isEqualTo(12);
        assertThat(one.durationMs()).isEqualTo(2500);
        assertThat(Told.message(conversation, "b").reaction()).isEqualTo("👍");
    }

    @Test
    void a_very_old_chat_is_a_list() {
        var conversation =
                only("""
                {"chat": {"title": "Old", "timestamp": 1730714400000, "tags": [{"name": "x"}], "messages": [
                   {"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Ho"}, {"id": "z", "role": "user", "content": "!"}]}}""");

        assertThat(Told.lines(conversation)).containsExactly("null > message 0 user: Hi", "message 0 > message 1 assistant: Ho",
                "message 1 > z user: !");
        assertThat(conversation.title()).isEqualTo("Old");
        assertThat(conversation.createdAt()).isEqualTo(Instant.parse("2024-11-04T10:00:00Z"));
        assertThat(conversation.tags()).containsExactly("x");
    }

    @Test
    void thoughts_are_taken_out_of_the_text() {
        var conversation = only(answer("""
                <details type=\\"reasoning\\" done=\\"true\\" duration=\\"3\\">\\n<summary>Thought for 3 seconds</summary>\\n\
                > Is 1 &lt; 2? A &lt;/details&gt; &amp;amp; more.\\n>\\n> Yes.\\n</details>\\nYes, 1 < 2."""));

        assertThat(Told.lines(conversation)).containsExactly("null > a assistant: Yes, 1 < 2.");
        assertThat(conversation.messages().get(0).thinking()).isEqualTo("Is 1 < 2? A </details> &amp; more.\n\nYes.");
    }

    @Test
    void thoughts_whose_marks_of_quotation_are_escaped_as_well_are_plain_too() {
        var conversation = only(answer("""
                <details type=\\"reasoning\\" done=\\"true\\" duration=\\"3\\">\\n<summary>Thought for 3 seconds</summary>\\n\
                &gt; It&#x27;s 1 &lt; 2.\\n&gt; \\n&gt;\\n&gt; Yes &gt; no.\\n</details>\\nYes."""));

        assertThat(conversation.messages().get(0).thinking()).isEqualTo("It's 1 < 2.\n\n\nYes > no.");
        assertThat(conversation.messages().get(0).content()).isEqualTo("Yes.");
    }

    @Test
    void thoughts_of_older_versions_are_not_escaped_and_may_never_end() {
        var older = only(answer("<details type=\\\"reasoning\\\" done=\\\"true\\\">\\n<summary>Thought</summary>\\n"
                + "> See <b>&lt;</b> and\\n> </details> here.\\n</details>\\n\\nText"));
        var cut = only(answer("<details type=\\\"reasoning\\\" done=\\\"false\\\">\\n<summary>Thinking…</summary>\\n> Half a"));
        var tagged = only(answer("<think>Hm.</think>\\n\\nText with <think> in it"));

        assertThat(older.messages().get(0).thinking()).isEqualTo("See <b>&lt;</b> and\n</details> here.");
        assertThat(older.messages().get(0).content()).isEqualTo("Text");
        assertThat(cut.messages().get(0).thinking()).isEqualTo("Half a");
        assertThat(cut.messages().get(0).content()).isEmpty();
        assertThat(tagged.messages().get(0).thinking()).isEqualTo("Hm.");
        assertThat(tagged.messages().get(0).content()).isEqualTo("Text with <think> in it");
    }

    @Test
    void calls_in_the_text_become_messages_as_ollama_makes_them() {
        var conversation = only(answer("""
                Let me look.\\n<details type=\\"tool_calls\\" done=\\"true\\" id=\\"1\\" name=\\"time\\" arguments=\\"&quot;{\\\\&quot;zone\\\\&quot;: \
                \\\\&quot;UTC\\\\&quot;}&quot;\\" result=\\"&quot;10:00&quot;\\" files=\\"\\">\\n<summary>Tool Executed</summary>\\n</details>\\n\
                <details type=\\"code_interpreter\\" done=\\"true\\" output=\\"3\\">\\n<summary>Analyzed</summary>\\n```python\\n1 + 2\\n```\\n\
                </details>\\nTen."""));

        assertThat(Told.lines(conversation)).containsExactly("null > a#1 assistant: Let me look.", "a#1 > a#2 tool: 10:00",
                "a#2 > a#3 tool: 3",
                "a#3 > a assistant: Ten.");
        assertThat(conversation.messages().get(0).toolCalls())
                .isEqualTo("[{\"function\":{\"name\":\"time\",\"arguments\":{\"zone\":\"UTC\"}}},"
                        + "{\"function\":{\"name\":\"code_interpreter\",\"arguments\":{\"code\":\"1 + 2\"}}}]");
    }

    @Test
    void newer_answers_list_their_parts() {
        var conversation = only("""
                {"chat": {"history": {"messages": {"a": {"role": "assistant", "content": "<details>all in one</details>", "output": [
                   {"type": "reasoning", "summary": [], "content": [{"type": "output_text", "text": "Hm."}]},
                   {"type": "function_call", "call_id": "1", "name": "time", "arguments": "{\\"zone\\": \\"UTC\\"}"},
                   {"type": "function_call_output", "call_id": "1", "output": [{"type": "input_text", "text": "10:00"}]},
                   {"type": "message", "content": [{"type": "output_text", "text": "Ten."}]}]}}}}}""");

        assertThat(Told.lines(conversation)).containsExactly("null > a#1 assistant: ", "a#1 > a#2 tool: 10:00", "a#2 > a assistant: Ten.");
        assertThat(conversation.messages().get(0).thinking()).isEqualTo("Hm.");
        assertThat(conversation.messages().get(0).toolCalls()).contains("{\"zone\":\"UTC\"}");
    }

    @Test
    void images_are_in_the_file_or_noted() {
        var told = Told.by(format, ImportFile.of("""
                [{"chat": {"history": {"messages": {"q": {"role": "user", "content": [{"type": "text", "text": "Look"},
                   {"type": "image_url", "image_url": {"url": "data:image/gif;base64,R0lG\\nODk_"}}], "files": [
                   {"type": "image", "url": "data:image/png;base64,iVBORw=="}, {"type": "image", "url": "0f3c-id-on-the-server"},
                   {"type": "file", "name": "a.txt", "file": {"data": {"content": "text"}}}, {"type": "image"}]}}}}}]"""));

        var message = told.only().messages().get(0);
        assertThat(message.content()).isEqualTo("Look");
        assertThat(message.files().stream().map(told.bytes::get)).containsExactly(new byte[] {(byte) 0x89, 'P', 'N', 'G'},
                "text".getBytes(UTF_8),
                new byte[] {'G', 'I', 'F', '8', '9', '?'});
        assertThat(message.files()).extracting(SourceFile::name).containsExactly("", "a.txt", "");
        assertThat(told.only().notes()).containsExactly("2 images or files are not in the export.");
    }

    @Test
    void odd_and_broken_chats_are_named() {
        var told = Told.by(format, ImportFile.of("""
                [{"id": "1", "title": "Empty", "chat": {}},
                 {"id": "2", "title": "Odd", "pinned": null, "meta": {"tags": "x"}, "chat": {"models": "x", "history": {"currentId": 4, "messages": {
                    "a": {"parentId": 3, "role": "assistant", "content": null, "error": {"content": "no model"}, "files": {"a": 1}, "output": "x"},
                    "b": {"role": 9}, "c": "text", "d": {"role": "user", "content": {"x": 1}}}}}},
                 {"id": "2", "title": "Odd again", "chat": {"messages": []}}, {"title": "Unclosed", "chat": [}, {"chat"""));

        assertThat(Told.lines(told.conversations.get(0))).containsExactly("3 > a assistant: ", "null > d user: {\"x\":1}");
        assertThat(told.conversations).hasSize(1);
        assertThat(told.conversations.get(0).notes()).containsExactly("1 image or file is not in the export.",
                "1 answer had failed and has no text.", "2 entries are no messages.");
        assertThat(told.failures).containsExactly(Map.entry("Empty", "There are no messages in it."),
                Map.entry("Unclosed", "It is not valid JSON."), Map.entry("The file", "The file ends in the middle."));
    }

    @Test
    void a_chat_alone_is_recognized_and_other_lists_are_not() {
        assertThat(Told.by(format, ImportFile.of("{\"id\": \"1\", \"chat\": {\"messages\": []}}")).only().id()).isEqualTo("1");
        for (var other : List.of("[]", "[{\"messages\": []}]", "{\"chats\": 1}", "chat")) {
            assertThat(Told.isOf(format, ImportFile.of(other))).as(other).isFalse();
        }
        assertThat(Told.isOf(format, ImportFile.zip("chat.json", "[{\"chat\": {}}]"))).isFalse();
    }

    private SourceConversation only(String chat) {
        return Told.by(format, ImportFile.of("[" + chat + "]")).only();
    }

    /** @param content as it stands in JSON */
    private static String answer(String content) {
        return "{\"chat\": {\"history\": {\"messages\": {\"a\": {\"role\": \"assistant\", \"content\": \"" + content + "\"}}}}}";
    }
}
