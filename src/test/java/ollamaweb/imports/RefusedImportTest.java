package ollamaweb.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static ollamaweb.imports.ImportApiTest.awaitEnd;
import static ollamaweb.imports.ImportApiTest.begin;
import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is no export, too large or not one's own is refused, or fails with a sentence. */
class RefusedImportTest {

    @RegisterExtension
    static final TestApp app = new TestApp().with("MAX_IMPORT_BYTES", "3000000");

    @Test
    void a_file_of_no_known_format_fails_with_a_sentence() throws IOException {
        var ada = app.as("ada");

        assertThat(awaitEnd(ada, begin(ada, "Dear diary")).path("error").asText()).startsWith("This is no export of ChatGPT");
        assertThat(awaitEnd(ada, begin(ada, zip("inner.zip", zip("conversations.json", "[]".getBytes(UTF_8))))).path("error").asText())
                .startsWith("There is a zip in the zip");
        var whole = zip("conversations.json", "[]".repeat(1000).getBytes(UTF_8));
        assertThat(awaitEnd(ada, begin(ada, Arrays.copyOf(whole, whole.length / 2))).path("error").asText())
                .startsWith("The zip is not whole");
    }

    @Test
    void a_zip_that_unpacks_to_far_more_than_conversations_do_is_not_read_to_its_end() throws IOException {
        var ada = app.as("ada");
        var bomb = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bomb)) {
            zip.putNextEntry(new ZipEntry("conversations.json"));
            zip.write("[{\"mapping\":{\"a\":{\"message\":{\"content\":{\"parts\":[\"".getBytes(UTF_8));
            var zeros = "0".repeat(1 << 20).getBytes(UTF_8);
            for (int i = 0; i < 200; i++) {
                zip.write(zeros);
            }
        }

        var ended = awaitEnd(ada, begin(ada, bomb.toByteArray()));

        assertThat(ended.toString()).contains("far more than conversations do");
    }

    @Test
    void anonymous_people_and_strangers_see_no_import() {
        var ada = app.as("ada");
        long id = begin(ada, "[]");
        awaitEnd(ada, id);
        var bob = app.as("bob");

        assertThat(app.anonymous().upload("/api/import", "x", "[]".getBytes(UTF_8))).hasStatus(401);
        assertThat(app.anonymous().get("/api/import/" + id)).hasStatus(401);
        assertThat(bob.get("/api/import/" + id)).isError(404, "Import not found");
        assertThat(bob.delete("/api/import/" + id)).isError(404, "Import not found");
        assertThat(bob.get("/api/import").json().path("total").asInt()).isZero();
        assertThat(ada.get("/api/import/999999")).hasStatus(404);
    }

    @Test
    void a_body_that_is_no_file_or_too_large_a_one_is_refused() {
        var ada = app.as("ada");

        assertThat(ada.post("/api/import", "{}")).hasStatus(415);
        assertThat(ada.upload("/api/import", "x", new byte[0])).isInvalid("body.file");
        assertThat(ada.upload("/api/import", "x", new byte[3_000_001])).hasStatus(413);
        assertThat(ada.upload("/api/import?dry_run=maybe", "x", "[]".getBytes(UTF_8))).hasStatus(422);
    }

    private static byte[] zip(String name, byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
        }
        return bytes.toByteArray();
    }
}
