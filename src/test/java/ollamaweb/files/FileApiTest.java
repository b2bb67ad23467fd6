package ollamaweb.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import ollamaweb.testing.Concurrently;
import ollamaweb.testing.Answer;
import ollamaweb.testing.Client;
import ollamaweb.testing.Pictures;
import ollamaweb.testing.Rows;
import ollamaweb.testing.TestApp;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileApiTest {

    private static final int MAX_FILE = 3 * 1024 * 1024;

    @RegisterExtension
    static final TestApp app = new TestApp().with("MAX_FILE_BYTES", Integer.toString(MAX_FILE)).with("MAX_ACCOUNT_FILE_BYTES", "8000000");

    @Test
    void a_file_comes_back_as_it_was() throws Exception {
        var ada = app.as("ada");
        var png = Pictures.png(1_000_001);

        var kept = ada.upload("bread.png", png);

        assertThat(kept).hasStatus(201).hasHeader("Location", "/api/files/" + kept.id());
        assertThat(kept.json().path("name").asText()).isEqualTo("bread.png");
        assertThat(kept.json().path("media_type").asText()).isEqualTo("image/png");
        assertThat(kept.json().path("size").asLong()).isEqualTo(png.length);
        assertThat(kept.json().path("sha256").asText()).matches("[0-9a-f]{64}");
        try (var response = ada.call(ada.request("/api/files/" + kept.id()).build()).execute()) {
            assertThat(response.body().bytes()).isEqualTo(png);
            assertThat(response.header("Content-Type")).isEqualTo("image/png");
            assertThat(response.header("Content-Disposition")).isEqualTo("inline; filename=\"bread.png\"; filename*=UTF-8''bread.png");
            assertThat(response.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(response.header("Content-Security-Policy")).contains("default-src 'none'", "sandbox");
            assertThat(response.header("Content-Length")).isEqualTo("1000001");
        }
    }

    @Test
    void the_same_bytes_are_kept_once_for_an_account() {
        var first = app.as("ada").upload("a.png", Pictures.png("once"));

        assertThat(app.as("ada").upload("b.png", Pictures.png("once")).json()).isEqualTo(first.json());
        assertThat(app.as("bob").upload("b.png", Pictures.png("once")).id()).isNotEqualTo(first.id());
    }

    @Test
    void the_same_bytes_that_come_several_times_at_once_are_kept_once() {
        var ada = app.as("ada");
        var uploads = new ArrayList<CompletableFuture<Answer>>();
        for (int i = 0; i < 4; i++) {
            uploads.add(Concurrently.supply(() -> ada.upload("a.png", Pictures.png(700_000))));
        }

        assertThat(uploads.stream().map(upload -> upload.join().id()).distinct()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GIF89a..              | image/gif
            GIF87a..              | image/gif
            RIFF....WEBPVP8       | image/webp
            \u00ff\u00d8\u00ff\u00e0 | image/jpeg
            RIFF....WAVE          | text/plain
            <svg onload='x()'/>   | text/plain
            <script>alert(1)</script> | text/plain
            Gr\u00c3\u00bc\u00c3\u0178e   | 415
            Gr\u00fc\u00dfe       | 415
            %PDF-1.4 \u00e2\u00e3  | 415
            PK\u0000zip           | 415
            """)
    void the_type_is_told_from_the_bytes(String bytes, String type) {
        var answer = app.as("ada").upload("any.exe", bytes.getBytes(ISO_8859_1));

        if (type.equals("415")) {
            assertThat(answer).isError(415, "A file must be an image (PNG, JPEG, WebP, GIF) or text in UTF-8");
        } else {
            assertThat(answer).hasStatus(201);
            assertThat(answer.json().path("media_type").asText()).isEqualTo(type);
        }
    }

    @Test
    void a_text_is_looked_at_to_its_end_and_comes_back_as_an_attachment() {
        var ada = app.as("ada");
        var text = "Grüße 👋, ".repeat(20_000);

        var kept = ada.upload("Grüße \"1\".md", text.getBytes(UTF_8));

        assertThat(kept).hasStatus(201);
        var answer = ada.get("/api/files/" + kept.id());
        assertThat(answer.body()).isEqualTo(text);
        assertThat(answer).hasHeader("Content-Type", "text/plain;charset=utf-8");
        assertThat(answer.headers().get("Content-Disposition")).startsWith("attachment; filename=\"")
                .contains("filename*=UTF-8''Gr%C3%BC%C3%9Fe");
        var broken = (text + "\u00e4").getBytes(UTF_8);
        assertThat(ada.upload("a.txt", Arrays.copyOf(broken, broken.length - 1))).hasStatus(415);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ../../etc/passwd      | passwd
            C:\\Users\\ada\\a.txt | a.txt
            dir/                  | file.txt
            """)
    void a_name_has_no_folders(String given, String name) {
        assertThat(app.as("ada").upload(given, given.getBytes(UTF_8)).json().path("name").asText()).isEqualTo(name);
    }

    @Test
    void a_client_that_has_the_bytes_is_not_sent_them_again() {
        var ada = app.as("ada");
        var kept = ada.upload("a.png", Pictures.png("tagged"));
        var tag = '"' + kept.json().path("sha256").asText() + '"';

        var answer = ada.send(ada.request("/api/files/" + kept.id()).header("If-None-Match", tag).build());

        assertThat(answer).hasStatus(304).hasHeader("ETag", tag);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void a_file_that_no_message_has_can_be_deleted() throws Exception {
        var ada = app.as("ada");
        long id = ada.upload("a.png", Pictures.png("deleted")).id();

        assertThat(ada.delete("/api/files/" + id)).isJson(
                "{\"success\":true,\"message\":\"File deleted successfully\",\"file_id\":" + id + "}");

        assertThat(ada.get("/api/files/" + id)).isError(404, "File not found");
        assertThat(ada.delete("/api/files/" + id)).isError(404, "File not found");
        app.awaitPurged();
        assertThat(Rows.one(app.database(), "SELECT 1 FROM file_pieces WHERE file_id = " + id)).isNull();
    }

    @Test
    void a_strangers_file_does_not_exist() {
        long id = app.as("ada").upload("a.png", Pictures.png("ada's")).id();

        assertThat(app.as("bob").get("/api/files/" + id)).isError(404, "File not found");
        assertThat(app.as("bob").delete("/api/files/" + id)).isError(404, "File not found");
        assertThat(app.as("ada").get("/api/files/" + id)).isOk();
        assertThat(app.as("ada").get("/api/files/999999")).isError(404, "File not found");
        assertThat(app.as("ada").get("/api/files/one")).isInvalid("path.id");
    }

    @Test
    void nobody_uploads_or_sees_a_file_without_a_key() {
        assertThat(app.anonymous().upload("a.png", Pictures.png("nobody's"))).isError(401, "API key is required");
        assertThat(app.anonymous().get("/api/files/1")).isError(401, "API key is required");
        assertThat(app.anonymous().delete("/api/files/1")).isError(401, "API key is required");
    }

    @Test
    void a_file_may_be_as_large_as_the_setting_says() {
        assertThat(app.as("large").upload("a.png", Pictures.png(MAX_FILE))).hasStatus(201);
        assertThat(app.as("large").upload("b.png", Pictures.png(MAX_FILE + 1)))
                .isError(413, "The file is larger than " + MAX_FILE + " bytes");
        assertThat(app.as("large").upload("c.png", Pictures.png(MAX_FILE + 1_000_000))).hasStatus(413);
    }

    @Test
    void an_account_may_have_as_many_bytes_as_the_setting_says() {
        var carol = app.as("carol");
        assertThat(carol.upload("a.png", Pictures.png(3_000_000))).hasStatus(201);
        assertThat(carol.upload("b.png", Pictures.png(3_000_001))).hasStatus(201);

        assertThat(carol.upload("c.png", Pictures.png(3_000_002)))
                .isError(409, "The files of an account may have 8000000 bytes together");

        assertThat(carol.upload("a.png", Pictures.png(3_000_000))).hasStatus(201);
        assertThat(app.as("dan").upload("c.png", Pictures.png(3_000_002))).hasStatus(201);
    }

    @Test
    void what_is_no_upload_is_refused() {
        var ada = app.as("ada");

        assertThat(ada.post("/api/files", "{}")).isError(415, "Content-Type must be multipart/form-data");
        assertThat(ada.upload("empty.txt", new byte[0])).isInvalid("body.file");
        assertThat(form(ada, "picture", Pictures.png("misnamed"))).isInvalid("body.file");
        assertThat(raw(ada, "multipart/form-data", "x")).isError(400, "The multipart body is malformed");
        assertThat(raw(ada, "multipart/form-data; boundary=b", "")).isError(400, "The multipart body is malformed");
        assertThat(raw(ada, "multipart/form-data; boundary=b", "nothing of the kind")).isError(400, "The multipart body is malformed");
        assertThat(raw(ada, "multipart/form-data; boundary=b",
                "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\ntext that never ends"))
                .isError(400, "The multipart body is malformed");
        assertThat(raw(ada, "multipart/form-data; boundary=b", "--b\r\nX: " + "y".repeat(10_000) + "\r\n\r\n\r\n--b--"))
                .isError(400, "The multipart body is malformed");
        assertThat(raw(ada, "multipart/form-data; boundary=b", "--b\r\nX: y\r\n\r\n\r\n".repeat(20) + "--b--"))
                .isError(400, "The multipart body is malformed");
    }

    private static Answer form(Client client, String field, byte[] bytes) {
        var file = RequestBody.create(bytes, MediaType.get("application/octet-stream"));
        return client.send(client.request("/api/files").post(new MultipartBody.Builder().setType(MultipartBody.FORM)
                .addFormDataPart(field, "a.png", file).build()).build());
    }

    private static Answer raw(Client client, String type, String body) {
        return client.send(client.request("/api/files").post(RequestBody.create(body, MediaType.get(type))).build());
    }
}
