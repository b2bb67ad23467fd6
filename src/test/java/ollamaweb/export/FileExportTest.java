package ollamaweb.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ollamaweb.testing.Answer;
import ollamaweb.testing.Pictures;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FileExportTest {

    @RegisterExtension
    static final TestApp app = new TestApp();

    @Test
    void files_go_along_and_come_back() throws Exception {
        app.ollama().abilities("echo", "completion", "vision");
        var ada = app.as("ada");
        var png = Pictures.png(600_000);
        long image = ada.upload("bread [1].png", png).id();
        long notes = ada.upload("notes.md", "Rye".getBytes(UTF_8)).id();
        long id = ada.post("/api/chat/stream", "{\"message\":\"What is this?\",\"model_name\":\"echo\",\"stream\":false,\"files\":["
                + image + "," + notes + "]}").json().path("conversation_id").asLong();

        var json = ada.get("/api/export/conversations/" + id + "/json");
        var bob = app.as("bob");
        var imported = bob.post("/api/export/conversations/import", json.body());

        assertThat(imported).isOk();
        var files = bob.messages(imported.json().path("conversation_id").asLong()).at("/0/files");
        assertThat(files.findValuesAsText("name")).containsExactly("bread [1].png", "notes.md");
        try (var response = bob.call(bob.request("/api/files/" + files.at("/0/id").asLong()).build()).execute()) {
            assertThat(response.body().bytes()).isEqualTo(png);
        }
        assertThat(
                bob.get("/api/export/conversations/" + imported.json().path("conversation_id").asLong() + "/json").json().at("/messages"))
                .isEqualTo(json.json().at("/messages"));
        assertThat(ada.get("/api/export/conversations/" + id + "/markdown").body())
                .contains("- File: bread \\[1\\].png (image/png, 600000 bytes)\n- File: notes.md (text/plain, 3 bytes)\n");
    }

    @Test
    void a_file_that_cannot_be_kept_is_refused() {
        assertThat(imports("\"files\":[{\"data\":\"no base64!\"}]")).isInvalid("body.messages.0.files.0.data");
        assertThat(imports("\"files\":[{\"name\":\"a\"}]")).isInvalid("body.messages.0.files.0.data");
        assertThat(imports("\"files\":[null]")).isInvalid("body.messages.0.files");
        assertThat(imports("\"files\":[{\"data\":\"" + Pictures.base64(new byte[] {0, 1, 2}) + "\"}]")).hasStatus(415);
    }

    private static Answer imports(String fields) {
        return app.as("ada").post("/api/export/conversations/import",
                "{\"model_name\":\"echo\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"," + fields + "}]}");
    }
}
