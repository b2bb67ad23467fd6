package ollamaweb.imports;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static ollamaweb.imports.ImportApiTest.awaitEnd;
import static ollamaweb.imports.ImportApiTest.begin;
import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;
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
    void a_zip_whose_members_lie_on_each_other_is_refused() throws IOException {
        var ada = app.as("ada");
        var one = zip("conversations-000.json", ("[{\"mapping\":{}}" + " ".repeat(1 << 20) + "]").getBytes(UTF_8));
        int entry = ByteBuffer.wrap(one).order(LITTLE_ENDIAN).getInt(one.length - 6);
        int length = one.length - 22 - entry;
        var all = ByteBuffer.allocate(one.length + 99 * length).order(LITTLE_ENDIAN).put(one, 0, entry);
        for (int i = 0; i < 100; i++) {
            all.put(one, entry, length).put(all.position() - length + 46 + 14, (byte) ('0' + i / 10)).put(all.position() - length + 46 + 15,
                    (byte) ('0' + i % 10));
        }
        all.put(one, one.length - 22, 22);
        all.putShort(all.position() - 14, (short) 100).putShort(all.position() - 12, (short) 100).putInt(all.position() - 10, 100 * length);

        assertThat(awaitEnd(ada, begin(ada, all.array())).path("error").asText())
                .isEqualTo("The zip is not whole: its members lie on each other.");
    }

    @Test
    void a_member_that_is_not_what_was_packed_is_told() throws IOException {
        var ada = app.as("ada");
        var zip = zip("conversations.json", "[{\"mapping\":{}}]".getBytes(UTF_8));
        int entry = ByteBuffer.wrap(zip).order(LITTLE_ENDIAN).getInt(zip.length - 6);
        zip[entry + 16] ^= 1; // the checksum

        assertThat(awaitEnd(ada, begin(ada, zip)).path("report").findValuesAsText("detail"))
                .contains("A member of the zip is damaged: its checksum is not right.");
    }

    @Test
    void members_that_each_unpack_to_little_do_not_unpack_to_very_much_together() throws IOException {
        var ada = app.as("ada");
        var bomb = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bomb)) {
            for (int i = 0; i < 20; i++) {
                zip.putNextEntry(new ZipEntry("conversations-%03d.json".formatted(i)));
                zip.write("[{\"mapping\":{}}".getBytes(UTF_8));
                zip.write(" ".repeat(50 << 20).getBytes(UTF_8));
                zip.write("]".getBytes(UTF_8));
            }
        }

        var ended = awaitEnd(ada, begin(ada, bomb.toByteArray()));

        assertThat(ended.path("report").findValuesAsText("detail"))
                .contains("A member of the zip unpacks to far more than conversations do.");
        assertThat(ended.path("done").asInt()).isEqualTo(40);
    }

    @Test
    void a_file_in_utf_16_and_half_a_database_are_refused_with_what_they_are() {
        var ada = app.as("ada");

        for (var charset : List.of(UTF_16LE, UTF_16BE)) {
            assertThat(awaitEnd(ada, begin(ada, "\uFEFF[{\"chat\":{}}]".getBytes(charset))).path("error").asText())
                    .isEqualTo("The file is written in UTF-16; save it as UTF-8, and import that.");
        }
        assertThat(awaitEnd(ada, begin(ada, "SQLite format 3\0")).path("error").asText())
                .isEqualTo("This is an SQLite file, but not that of Ollama's app, or it is damaged.");
    }

    @Test
    void two_files_at_once_are_refused_so_that_none_is_passed_over() {
        var ada = app.as("ada");
        for (var second : List.of("[]", "")) {
            var body = new MultipartBody.Builder().setType(MultipartBody.FORM)
                    .addFormDataPart("file", "a", RequestBody.create("[]", null))
                    .addFormDataPart("file", "b", RequestBody.create(second, null));

            assertThat(ada.send(ada.request("/api/import").post(body.build()).build())).isInvalid("body.file");
        }
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
