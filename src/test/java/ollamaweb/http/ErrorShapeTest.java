package ollamaweb.http;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import ollamaweb.testing.TestApp;
import ollamaweb.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ErrorShapeTest {

    @RegisterExtension
    final TestApp app = new TestApp();

    @Test
    void an_unknown_route_is_not_found() {
        for (var path : List.of("/nothing", "/api", "/api/nothing", "/api/v10/nothing", "/health/deeper")) {
            assertThat(app.anonymous().get(path)).hasStatus(404).isJson("{\"detail\":\"Not Found\"}");
        }
    }

    @Test
    void the_alice_api_repeats_the_status_in_its_errors() {
        for (var path : List.of("/api/v1", "/api/v1/", "/api/v1/nothing")) {
            assertThat(app.anonymous().get(path)).hasStatus(404).isJson("{\"detail\":\"Not Found\",\"status_code\":404}");
        }
    }

    @Test
    void a_method_that_is_not_allowed_tells_those_that_are() {
        var answer = app.as("ada").patch("/api/conversations/1", "{}");

        assertThat(answer).hasStatus(405).isJson("{\"detail\":\"Method Not Allowed\"}");
        assertThat(answer.headers().get("Allow").split(", ?")).containsExactlyInAnyOrder("GET", "HEAD", "PUT", "DELETE");
        assertThat(app.anonymous().delete("/health")).hasStatus(405).hasHeader("Allow", "GET, HEAD");
    }

    @Test
    void a_refused_body_names_each_field_in_the_shape_that_clients_know() {
        assertThat(app.as("ada").post("/api/conversations", "{}")).hasStatus(422).isJson("""
                {"detail":"Request validation failed",
                 "errors":[{"loc":["body","model_name"],"msg":"field required","type":"value_error.missing"}]}""");
    }

    @Test
    void every_error_is_json_and_carries_a_request_id() {
        for (var answer : List.of(app.anonymous().get("/nothing"), app.anonymous().get("/api/config/get"),
                app.anonymous().post("/api/auth/setup", "{"), app.anonymous().delete("/health"))) {
            assertThat(answer.headers().get("Content-Type")).isEqualTo("application/json;charset=utf-8");
            assertThat(answer.headers().get("X-Request-ID")).hasSize(36);
        }
    }

    @Test
    void a_request_id_of_the_clients_own_is_kept_if_it_is_sane() {
        for (var id : List.of("abc-123", "A.b_c")) {
            assertThat(app.anonymous().send(app.anonymous().request("/health").header("X-Request-ID", id).build()))
                    .hasHeader("X-Request-ID", id);
        }
        for (var id : List.of("two words", "<script>", "x".repeat(65))) {
            var answer = app.anonymous().send(app.anonymous().request("/health").header("X-Request-ID", id).build());
            assertThat(answer.headers().get("X-Request-ID")).isNotEqualTo(id).hasSize(36);
        }
    }

    @Test
    void an_error_is_json_even_for_who_would_rather_have_html() {
        var request = app.anonymous().request("/<script>alert(1)</script>").header("Accept", "text/html").build();

        var answer = app.anonymous().send(request);

        assertThat(answer).isError(404, "Not Found");
        assertThat(answer.headers().get("Content-Type")).startsWith("application/json");
    }

    @Test
    void a_failure_that_nobody_foresaw_tells_nothing_but_its_request_id() throws Exception {
        var ada = app.as("ada");
        try (var connection = TestDatabase.connect(app.database())) {
            connection.createStatement().execute("ALTER TABLE settings RENAME TO elsewhere");
        }

        var answer = ada.get("/api/config/get");

        assertThat(answer).hasStatus(500).isJson("{\"detail\":\"An internal server error occurred\"}");
        assertThat(answer.headers().get("X-Request-ID")).isNotBlank();
    }
}
