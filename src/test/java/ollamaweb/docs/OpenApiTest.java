package ollamaweb.docs;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ollamaweb.testing.ApiDocument;
import ollamaweb.testing.ApiDocument.Operation;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenApiTest {

    /** The files of the two pages are no part of the API. */
    private static final String PAGE_FILES = "/(docs|redoc)/.+";

    @RegisterExtension
    static final TestApp app = new TestApp();

    @Test
    void the_document_describes_every_route_and_nothing_else() {
        var described = ApiDocument.operations().stream()
                .map(Operation::toString)
                .toList();
        var registered = app.routes().stream()
                .filter(route -> !route.path().matches(PAGE_FILES))
                .map(route -> route.method() + " " + route.path())
                .toList();

        assertThat(described).containsExactlyInAnyOrderElementsOf(registered);
    }

    @Test
    void an_operation_asks_for_sign_in_exactly_where_its_route_does() {
        for (var operation : ApiDocument.operations()) {
            app.routes().stream()
                    .filter(route -> operation.toString().equals(route.method() + " " + route.path()))
                    .forEach(route -> assertThat(operation.json().path("security").toString().equals("[]"))
                            .as(operation.toString()).isEqualTo(route.open()));
        }
    }

    @Test
    void the_examples_of_bodies_fit_their_own_schemas() {
        assertThat(ApiDocument.wrongExamples()).isEmpty();
    }

    @Test
    void the_document_is_served_as_json() {
        var answer = app.anonymous().get("/openapi.json");

        assertThat(answer).isOk();
        assertThat(answer.json().path("openapi").asText()).startsWith("3.1");
        assertThat(answer.json().path("paths").size()).isGreaterThan(20);
    }

    @ParameterizedTest
    @CsvSource({"/docs, swagger-ui", "/docs/, swagger-ui", "/redoc, redoc"})
    void a_page_shows_the_document_with_nothing_from_elsewhere(String path, String id) {
        var answer = app.anonymous().get(path);

        assertThat(answer).isOk().hasHeader("Content-Type", "text/html;charset=utf-8");
        assertThat(answer.body()).contains("id=\"" + id + "\"").doesNotContain("http:", "https:", "onload");
        assertThat(answer.headers().get("Content-Security-Policy")).startsWith("default-src 'none'; script-src 'self';");
    }

    @Test
    void every_file_that_a_page_asks_for_is_there() {
        var anybody = app.anonymous();

        var files = app.routes().stream().map(route -> route.path()).filter(path -> path.matches(PAGE_FILES)).toList();

        assertThat(files).hasSize(6).allSatisfy(file -> {
            try (var response = anybody.call(anybody.request(file).build()).execute()) {
                assertThat(response.code()).as(file).isEqualTo(200);
                assertThat(response.body().bytes()).isNotEmpty();
            }
        });
        for (var page : new String[] {"/docs", "/redoc"}) {
            var asked = anybody.get(page).body().split("(src|href)=\"/");
            for (int i = 1; i < asked.length; i++) {
                assertThat(files).contains("/" + asked[i].substring(0, asked[i].indexOf('"')));
            }
        }
    }

    @Test
    void redoc_does_not_call_its_maker() throws Exception {
        var anybody = app.anonymous();

        try (var response = anybody.call(anybody.request("/redoc/2.1.4/redoc.standalone.js").build()).execute()) {
            assertThat(response.body().string()).doesNotContain("cdn.redoc.ly");
        }
    }
}
