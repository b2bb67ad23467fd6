package ollamaweb.imports;

import static ollamaweb.imports.ImportApiTest.awaitEnd;
import static ollamaweb.imports.ImportApiTest.begin;
import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import ollamaweb.imports.sources.ImportFile;
import ollamaweb.testing.Client;
import ollamaweb.testing.Pictures;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What comes again is told from what is new, and brings all that has changed. */
class ChangedImportTest {

    @RegisterExtension
    static final TestApp app = new TestApp();

    @Test
    void a_message_that_has_changed_gets_its_model_its_calls_and_the_files_that_were_not_in_the_export_before() throws IOException {
        var ada = app.as("ada");
        long id = conversation(awaitEnd(ada, begin(ada, chatGpt("gpt-4o", "ls", "other.txt"))), 0);

        var again = awaitEnd(ada, begin(ada, chatGpt("gpt-5", "pwd", "file-A1-cat.png")));

        assertThat(again.path("report").path(0).path("result").asText()).isEqualTo("updated");
        assertThat(again.path("report").path(0).path("messages").asInt()).isEqualTo(2);
        assertThat(again.path("report").path(0).path("detail").isNull()).isTrue();
        var messages = ada.get("/api/conversations/" + id).json().path("messages");
        assertThat(messages.path(0).path("files").findValuesAsText("name")).containsExactly("file-A1-cat.png");
        assertThat(messages.path(1).path("model_name").asText()).isEqualTo("gpt-5");
        assertThat(messages.path(1).path("tool_calls").path(0).at("/function/arguments/input").asText()).isEqualTo("pwd");
        assertThat(results(ada, chatGpt("gpt-5", "pwd", "file-A1-cat.png"))).containsExactly("unchanged");
    }

    @Test
    void a_system_prompt_that_has_changed_is_changed_unless_it_was_changed_here() {
        var ada = app.as("ada");
        long id = conversation(awaitEnd(ada, begin(ada, session("Be kind", "tiny"))), 0);

        assertThat(results(ada, session("Be brief", "small"))).containsExactly("updated");
        assertThat(ada.get("/api/conversations/" + id).json().path("system_prompt").asText()).isEqualTo("Be brief");
        assertThat(ada.get("/api/conversations/" + id).json().path("model_name").asText()).isEqualTo("small");

        assertThat(ada.put("/api/conversations/" + id, "{\"system_prompt\":\"Be mine\"}")).isOk();
        awaitEnd(ada, begin(ada, session("Be long", "large")));
        assertThat(ada.get("/api/conversations/" + id).json().path("system_prompt").asText()).isEqualTo("Be mine");
    }

    @Test
    void conversations_without_ids_that_begin_alike_are_never_taken_for_each_other() {
        var ada = app.as("lines");
        var first = line("Hi", "First");
        var second = line("Hi", "Second");

        var ended = awaitEnd(ada, begin(ada, first + second));

        assertThat(ended.path("report").findValuesAsText("result")).containsExactly("imported", "imported");
        assertThat(texts(ada, conversation(ended, 0))).containsExactly("Hi", "First");
        assertThat(texts(ada, conversation(ended, 1))).containsExactly("Hi", "Second");
        assertThat(results(ada, second + first)).containsExactly("unchanged", "unchanged");
        assertThat(results(ada, first + line("Hi", "Second", "More"))).containsExactly("unchanged", "updated");
        assertThat(texts(ada, conversation(ended, 1))).containsExactly("Hi", "Second", "More");
        assertThat(results(ada, line("Hi", "Third"))).containsExactly("imported");
        assertThat(texts(ada, conversation(ended, 0))).containsExactly("Hi", "First");
    }

    @Test
    void threads_of_the_same_name_stay_two() {
        var ada = app.as("threads");
        var first = awaitEnd(ada, begin(ada, thread("One", "1")));
        var second = awaitEnd(ada, begin(ada, thread("Two", "2")));

        assertThat(second.path("report").path(0).path("result").asText()).isEqualTo("imported");
        assertThat(texts(ada, conversation(first, 0))).containsExactly("One", "1");
        assertThat(texts(ada, conversation(second, 0))).containsExactly("Two", "2");
        assertThat(results(ada, thread("One", "1"))).containsExactly("unchanged");
    }

    @Test
    void workspaces_of_the_same_name_on_two_servers_stay_two() {
        var ada = app.as("workspaces");
        var first = awaitEnd(ada, begin(ada, row("One", "2024-11-04")));
        var second = awaitEnd(ada, begin(ada, row("Two", "2025-01-02")));

        assertThat(second.path("report").findValuesAsText("result")).containsExactly("imported");
        assertThat(texts(ada, conversation(first, 0))).containsExactly("One", "Yes");
        assertThat(texts(ada, conversation(second, 0))).containsExactly("Two", "Yes");
        assertThat(results(ada, row("One", "2024-11-04"))).containsExactly("unchanged");
    }

    @Test
    void a_copy_of_a_conversation_stays_one_by_itself() {
        var ada = app.as("forks");
        var first = awaitEnd(ada, begin(ada, own(1)));

        assertThat(results(ada, own(7))).containsExactly("imported");

        assertThat(texts(ada, conversation(first, 0))).containsExactly("Hi", "There");
    }

    @Test
    void what_tells_only_when_it_was_changed_last_is_as_old_as_that() {
        var ada = app.as("ada");
        var ended = awaitEnd(ada, begin(ada, "[" + ImportApiTest.session("old", "Old", "", ImportApiTest.answer("One")) + "]"));

        var conversation = ada.get("/api/conversations/" + conversation(ended, 0)).json();
        assertThat(conversation.path("created_at").asText()).isEqualTo("2026-01-02T03:04:05.000Z");
        assertThat(conversation.path("messages").findValuesAsText("created_at")).containsOnly("2026-01-02T03:04:05.000Z");
    }

    private static byte[] chatGpt(String model, String call, String member) throws IOException {
        try (var file = ImportFile.zip("conversations.json", """
                [{"id": "changes", "title": "Changes", "mapping": {
                  "q": {"parent": null, "message": {"author": {"role": "user"}, "content": {"content_type": "multimodal_text", "parts": [
                     {"content_type": "image_asset_pointer", "asset_pointer": "file-service://file-A1"}, "Question"]}}},
                  "c": {"parent": "q", "message": {"author": {"role": "assistant"}, "recipient": "shell", "metadata": {"model_slug": "%s"},
                     "content": {"content_type": "code", "text": "%s"}}}}}]""".formatted(model, call), member, Pictures.png("cat"))) {
            return Files.readAllBytes(file.path());
        }
    }

    private static String session(String prompt, String model) {
        return "[{\"id\":\"prompted\",\"title\":\"Prompted\",\"model\":\"" + model + "\",\"systemPrompt\":{\"content\":\"" + prompt
                + "\"},\"messages\":[{\"role\":\"user\",\"content\":\"How?\"}]}]";
    }

    /** A workspace of AnythingLLM, without an id or a name. */
    private static String line(String... texts) {
        var messages = new ArrayList<>(List.of("{\"role\":\"system\",\"content\":[{\"type\":\"text\",\"text\":\"Be kind\"}]}"));
        for (int i = 0; i < texts.length; i++) {
            messages.add("{\"role\":\"" + (i % 2 == 0 ? "user" : "assistant") + "\",\"content\":[{\"type\":\"text\",\"text\":\"" + texts[i]
                    + "\"}]}");
        }
        return "{\"messages\":[" + String.join(",", messages) + "]}\n";
    }

    private static String thread(String question, String answer) {
        return "{\"workspace\":\"Work\",\"thread\":\"Thread\",\"messages\":[{\"role\":\"user\",\"content\":\"" + question + "\"},"
                + "{\"role\":\"assistant\",\"content\":\"" + answer + "\"}]}";
    }

    private static String row(String question, String day) {
        return "[{\"id\":1,\"prompt\":\"" + question + "\",\"response\":\"Yes\",\"sent_at\":\"" + day
                + "T10:00:00.000Z\",\"workspace\":\"docs\",\"username\":\"ada\"}]";
    }

    /** @param id of the first message, on the server that it comes from */
    private static String own(int id) {
        return "{\"title\":\"New\",\"model_name\":\"tiny\",\"export_version\":\"1.0\",\"messages\":["
                + "{\"id\":" + id + ",\"role\":\"user\",\"content\":\"Hi\"},"
                + "{\"id\":" + (id + 1) + ",\"role\":\"assistant\",\"content\":\"There\"}]}";
    }

    private static List<String> results(Client user, byte[] file) {
        return awaitEnd(user, begin(user, file)).path("report").findValuesAsText("result");
    }

    private static List<String> results(Client user, String file) {
        return awaitEnd(user, begin(user, file)).path("report").findValuesAsText("result");
    }

    private static List<String> texts(Client user, long conversation) {
        return user.get("/api/conversations/" + conversation + "?all=true").json().path("messages").findValuesAsText("content");
    }

    private static long conversation(JsonNode ended, int place) {
        return ended.path("report").path(place).path("conversation_id").asLong();
    }
}
