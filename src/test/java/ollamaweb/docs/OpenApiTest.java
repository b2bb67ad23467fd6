package ollamaweb.docs;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ollamaweb.testing.Answer;
import ollamaweb.testing.ApiDocument;
import ollamaweb.testing.ApiDocument.Operation;
import ollamaweb.testing.Client;
import ollamaweb.testing.TestApp;
import ollamaweb.web.WebRoutes;
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
                .filter(route -> !route.path().matches(PAGE_FILES) && !WebRoutes.isOfThePage(route.path()))
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

    /** Generated TypeScript demands a field that has a default; its description tells it. */
    @Test
    void no_field_has_a_default() {
        assertThat(ApiDocument.placesOf("default")).isEmpty();
    }

    /** Generated enums cannot hold null; a field that may be null refers to one, or is null. */
    @Test
    void no_enumeration_lists_null() {
        var enumerations = ApiDocument.placesOf("enum");

        assertThat(enumerations).isNotEmpty()
                .allSatisfy(place -> assertThat(ApiDocument.at(place + "/enum").toString()).as(place).doesNotContain("null"));
    }

    /** Generators for Python leave out every operation that has to do with another array. */
    @Test
    void an_array_tells_what_it_holds() {
        assertThat(ApiDocument.placesOf("type")).filteredOn(place -> ApiDocument.at(place + "/type").toString().contains("\"array\""))
                .isNotEmpty().allSatisfy(place -> assertThat(ApiDocument.at(place).has("items")).as(place).isTrue());
    }

    /** Generators make up a name for others, or one for each operation. */
    @Test
    void objects_in_lists_and_as_answers_have_names() {
        assertThat(ApiDocument.placesOf("properties")).isNotEmpty()
                .noneMatch(place -> place.matches(".*(/items|json/schema)"));
    }

    @Test
    void an_operation_that_reads_a_path_query_or_header_tells_of_control_characters_in_them() {
        assertThat(ApiDocument.operations()).filteredOn(operation -> !operation.parameters().isEmpty()).isNotEmpty()
                .allSatisfy(operation -> assertThat(operation.json().path("responses").has("400")).as(operation.toString()).isTrue());

        var ada = app.as("ada");
        for (var path : new String[] {"/api/conversations/%00", "/api/conversations?search=%ff", "/api/models/a%1Fb/info"}) {
            assertThat(ada.get(path)).isError(400, "Bad Request");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
        /api/auth/setup          ~ api_key         ~ good-enough-key · ключ-от-дома · two words are fine · it's{mine}
        /api/auth/setup          ~ api_key         ~ !short · !blank-at-the-end\\u0020 · !\\u0020blank-before · !tab\\tinside-it · !delete\\u007finside · !line-end-\\u2028
        /api/v1/users/me         ~ timezone        ~ Europe/Berlin · UTC · America/Argentina/Buenos_Aires · Etc/GMT+12 · !../etc/passwd · !+02:00 · !Europe Berlin
        /api/v1/users/me         ~ display_name    ~ Ada Lovelace · 艾達 · !Ada\\nLovelace · !Ada\\u0085
        /api/v1/users/me/password ~ new_password   ~ Passw0rd · ÄÖÜäöü١٢ · !password1 · !PASSWORDS · !Pass1
        /api/v1/users/me/api-keys ~ name           ~ laptop · !lap\\u0007top
        /api/v1/users/me/api-keys ~ expires_at     ~ 2999-01-01T10:00:00Z · 2999-01-01 10:00 · 2999-01-01t10:00:00.123456+05:30 · 2999-01-01T10:00+02 · !2999-01-01 · !tomorrow · !2999-01-01T24:00Z
        /api/v1/goals            ~ target_date     ~ 2026-12-31 · !2026-13-01 · !2026-1-1 · !2026-12-31T10:00Z · !31.12.2026
        /api/v1/tasks            ~ due_date        ~ 2026-12-31 · 2026-12-31T10:00 · 2026-12-31T10:00:00.5Z · !2026-12-32 · !2026-12-31T25:00 · !10:00
        /api/v1/tasks            ~ priority        ~ low · urgent · !Low · !extreme
        """)
    void the_document_allows_the_texts_that_the_server_takes(String path, String field, String texts) {
        for (var text : texts.split(" · ")) {
            boolean allowed = !text.startsWith("!");
            var value = allowed ? text : text.substring(1);
            var method = path.endsWith("/me") ? "PATCH" : "POST";
            var body = "{\"%s\":\"%s\"%s}".formatted(field, value, required(path, field));

            assertThat(ApiDocument.allowsBody(method, path, body)).as(body).isEqualTo(allowed);
            var answer = send(app.as("ada-" + field + value.hashCode()), method, path, body);
            assertThat(answer.status() < 300).as(answer.body()).isEqualTo(allowed);
        }
    }

    private static Answer send(Client ada, String method, String path, String json) {
        return method.equals("PATCH") ? ada.patch(path, json) : ada.post(path, json);
    }

    private static String required(String path, String field) {
        return switch (path) {
            case "/api/v1/goals", "/api/v1/tasks" -> ",\"title\":\"Bake\"";
            case "/api/v1/users/me/api-keys" -> field.equals("name") ? "" : ",\"name\":\"laptop\"";
            default -> "";
        };
    }

    @Test
    void the_document_is_served_as_json() {
        var answer = app.anonymous().get("/openapi.json");

        assertThat(answer).isOk();
        assertThat(answer.json().path("openapi").asText()).startsWith("3.1");
        assertThat(answer.json().at("/info/version").asText()).matches("[0-9]+[.][0-9]+[.][0-9]+.*");
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
    void swagger_keeps_the_key_over_a_reload_and_asks_for_it_first() throws Exception {
        var anybody = app.anonymous();

        try (var response = anybody.call(anybody.request("/docs/start.js").build()).execute()) {
            assertThat(response.body().string())
                    .contains("persistAuthorization: true", "getElementById('auth-bearer-value')?.focus()");
        }
        assertThat(ApiDocument.at("/components/securitySchemes").fieldNames().next()).isEqualTo("bearer");
    }

    @Test
    void redoc_does_not_call_its_maker() throws Exception {
        var anybody = app.anonymous();

        try (var response = anybody.call(anybody.request("/redoc/2.1.4/redoc.standalone.js").build()).execute()) {
            assertThat(response.body().string()).doesNotContain("cdn.redoc.ly");
        }
    }
}
