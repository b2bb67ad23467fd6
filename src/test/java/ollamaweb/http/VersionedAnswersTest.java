package ollamaweb.http;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import ollamaweb.testing.Answer;
import ollamaweb.testing.Client;
import ollamaweb.testing.RawHttp;
import ollamaweb.testing.SignedInUser;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionedAnswersTest {

    @RegisterExtension
    static final TestApp app = new TestApp();

    @ParameterizedTest
    @ValueSource(strings = {"/api/conversations", "/api/prompts/templates", "/api/config/get", "/openapi.json", "/docs"})
    void who_has_the_latest_version_is_told_so(String path) {
        var client = app.as("reader");
        var first = client.get(path);
        var again = client.send(asksAgain(client, path, tag(first)));

        assertThat(first).isOk();
        assertThat(again).hasStatus(304).hasHeader("ETag", tag(first));
        assertThat(again.body()).isEmpty();
        assertThat(again.headers().get("Content-Type")).isNull();
    }

    @Test
    void the_time_of_an_answer_makes_no_version() {
        var client = SignedInUser.registers(app, "planner").client();
        client.post("/api/v1/tasks/", "{\"title\":\"Water the plants\"}");
        var first = client.get("/api/v1/tasks/");
        app.clock().advance(Duration.ofSeconds(1));

        assertThat(client.send(asksAgain(client, "/api/v1/tasks/", tag(first)))).hasStatus(304);

        client.post("/api/v1/tasks/", "{\"title\":\"Feed the cat\"}");
        assertThat(client.send(asksAgain(client, "/api/v1/tasks/", tag(first)))).isOk();
    }

    @Test
    void a_change_makes_another_version() {
        var client = app.as("writer");
        long id = client.startsConversation("llama3.2");
        var path = "/api/conversations/" + id;
        var before = client.get(path);
        client.put(path, "{\"title\":\"Another title\"}");
        var after = client.send(asksAgain(client, path, tag(before)));

        assertThat(after).isOk();
        assertThat(tag(after)).isNotEqualTo(tag(before));
        assertThat(after.json().path("title").asText()).isEqualTo("Another title");
    }

    @ParameterizedTest
    @CsvSource({"'\"other\", %s', 304", "*, 304", "'\"other\"', 200", "other, 200", "'', 200"})
    void any_of_the_versions_that_a_client_has_may_be_the_latest(String known, int status) {
        var client = app.as("lister");
        var first = client.get("/api/prompts/templates");

        assertThat(client.send(asksAgain(client, "/api/prompts/templates", known.formatted(tag(first))))).hasStatus(status);
    }

    @Test
    void who_may_not_see_it_does_not_hear_whether_it_has_changed() {
        var client = app.as("owner");
        var path = "/api/conversations/" + client.startsConversation("llama3.2");
        var known = tag(client.get(path));
        var stranger = app.as("stranger");

        assertThat(stranger.send(asksAgain(stranger, path, known))).hasStatus(404);
        assertThat(app.anonymous().send(asksAgain(app.anonymous(), path, known))).hasStatus(401);
        assertThat(stranger.get(path).headers().get("ETag")).isNull();
    }

    @Test
    void an_answer_of_more_than_a_mebibyte_has_no_version() {
        var client = app.as("hoarder");
        for (int i = 0; i < 18; i++) {
            client.post("/api/config/save", "{\"settings\":{\"text" + i + "\":\"" + "x".repeat(60_000) + "\"}}");
        }
        var answer = client.get("/api/config/get");

        assertThat(answer).isOk();
        assertThat(answer.body().length()).isGreaterThan(1024 * 1024);
        assertThat(tag(answer)).isNull();
    }

    @Test
    void what_changes_something_has_no_version() {
        var written = app.as("poster").post("/api/config/save", "{\"settings\":{\"a\":1}}");

        assertThat(written).isOk();
        assertThat(written.headers().get("ETag")).isNull();
    }

    @Test
    void answers_of_more_than_a_kibibyte_are_packed_for_who_takes_that() {
        var client = app.as("packer");
        assertThat(contentEncoding(client)).isNull();

        client.post("/api/config/save", "{\"settings\":{\"text\":\"" + "a".repeat(1024) + "\"}}");
        assertThat(contentEncoding(client)).isEqualTo("gzip");
    }

    private static String contentEncoding(Client client) {
        return RawHttp.send(app.port(), """
                GET /api/config/get HTTP/1.1\r
                Host: localhost\r
                Authorization: Bearer %s\r
                Accept-Encoding: gzip\r
                Connection: close\r
                \r
                """.formatted(client.token())).header("Content-Encoding").orElse(null);
    }

    private static okhttp3.Request asksAgain(Client client, String path, String known) {
        return client.request(path).header("If-None-Match", known).build();
    }

    private static String tag(Answer answer) {
        return answer.headers().get("ETag");
    }
}
