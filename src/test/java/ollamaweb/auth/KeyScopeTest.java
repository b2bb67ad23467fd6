package ollamaweb.auth;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import ollamaweb.RegisteredRoutes.Route;
import ollamaweb.http.Scope;
import ollamaweb.testing.Await;
import ollamaweb.testing.Client;
import ollamaweb.testing.Rows;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class KeyScopeTest {

    private static final String KEYS = "/api/v1/users/me/api-keys";
    private static final String QUESTION = "{\"model_name\":\"echo\",\"message\":\"hello\",\"stream\":false}";

    /** Who adds a route of one of these kinds adds it here too. */
    private static final Set<String> OF_CHAT = Set.of("POST /api/chat", "POST /api/generate", "POST /api/embed", "POST /api/show",
            "POST /v1/chat/completions", "POST /v1/embeddings", "POST /api/chat/stream", "POST /api/chat/stream/{message_id}/ticket",
            "POST /api/chat/{message_id}/stop", "POST /api/files", "DELETE /api/files/{id}");
    private static final Set<String> OF_CHAT_OR_READ = Set.of("GET /api/tags", "GET /api/ps", "GET /api/version", "GET /v1/models",
            "GET /v1/models/{name}", "GET /api/chat/stream/{message_id}", "GET /api/files/{id}");
    private static final Set<String> OF_ANY_KEY = Set.of("POST /api/v1/auth/logout", "DELETE /api/v1/auth/session");

    @RegisterExtension
    static final TestApp app = new TestApp();

    @Test
    void every_route_that_asks_for_sign_in_names_what_a_key_needs() {
        assertThat(routes(route -> route.scopes().isEmpty())).isEqualTo(OF_ANY_KEY);
        assertThat(routes(route -> route.scopes().equals(Set.of(Scope.CHAT)))).isEqualTo(OF_CHAT);
        assertThat(routes(route -> route.scopes().equals(Set.of(Scope.CHAT, Scope.READ)))).isEqualTo(OF_CHAT_OR_READ);
        assertThat(routes(route -> route.scopes().equals(Set.of(Scope.READ, Scope.WRITE)))).containsExactly("POST /api/chat/search");
        assertThat(routes(route -> route.scopes().contains(Scope.ADMIN))).isNotEmpty()
                .allSatisfy(route -> assertThat(route).matches(".* /api/(models|v1/admin|v1/users)\\b.*"));
        assertThat(routes(route -> route.scopes().equals(Set.of(Scope.READ)))).allSatisfy(route -> assertThat(route).startsWith("GET "));
        assertThat(routes(route -> route.scopes().equals(Set.of(Scope.WRITE)))).noneSatisfy(route -> assertThat(route).startsWith("GET "));
    }

    private static Set<String> routes(Predicate<Route> kind) {
        return app.routes().stream().filter(route -> !route.open()).filter(kind).map(route -> route.method() + " " + route.path())
                .collect(Collectors.toSet());
    }

    @Test
    void a_key_without_scopes_named_may_do_all_but_what_is_for_admins() {
        var made = app.as("ada").post(KEYS, "{\"name\":\"laptop\"}");

        assertThat(scopes(made.json().path("data"))).containsExactly("read", "chat", "write");
        var laptop = app.with(made.json().path("data").path("api_key").asText());
        assertThat(laptop.get("/api/conversations")).isOk();
        assertThat(laptop.post("/api/conversations", "{\"model_name\":\"tiny\"}")).hasStatus(201);
        assertThat(laptop.post("/api/chat/stream", QUESTION)).isOk();
        assertThat(laptop.get("/api/models/pulls")).isError(403, "This key may not do what is for admins");
    }

    @Test
    void a_key_for_looking_changes_nothing_and_asks_nothing() {
        var reader = key("[\"read\"]");

        assertThat(reader.get("/api/conversations")).isOk();
        assertThat(reader.post("/api/chat/search", "{\"query\":\"hello\"}")).isOk();
        assertThat(reader.post("/api/conversations", "{\"model_name\":\"tiny\"}")).isError(403, "This key may not change anything");
        assertThat(reader.delete("/api/v1/users/me")).isError(403, "This key may not change anything");
        assertThat(reader.post("/api/chat/stream", QUESTION)).isError(403, "This key may not ask models");
        assertThat(reader.post("/v1/chat/completions", "{}").body()).contains("This key may not ask models");
    }

    @Test
    void a_key_for_asking_asks_through_every_door_and_sees_nothing_else() {
        var asker = key("[\"chat\"]");

        assertThat(asker.post("/api/chat/stream", QUESTION)).isOk();
        assertThat(asker.get("/v1/models")).isOk();
        assertThat(asker.get("/api/tags")).isOk();
        assertThat(asker.get("/api/conversations")).isError(403, "This key may not look at anything");
        assertThat(asker.post("/api/v1/tasks", "{\"title\":\"a\"}")).isError(403, "This key may not change anything");
    }

    @Test
    void a_key_for_writing_does_not_ask() {
        var writer = key("[\"write\"]");

        assertThat(writer.post("/api/conversations", "{\"model_name\":\"tiny\"}")).hasStatus(201);
        assertThat(writer.post("/api/chat/stream", QUESTION)).isError(403, "This key may not ask models");
    }

    @Test
    void only_a_key_for_admins_shows_an_admin_all_accounts() {
        app.as("ada");
        app.as("bob");

        assertThat(key("[\"read\",\"write\"]").get("/api/v1/users/").json().path("data").path("total").asInt()).isOne();
        assertThat(key("[\"read\",\"admin\"]").get("/api/v1/users/").json().path("data").path("total").asInt()).isGreaterThan(1);
        assertThat(key("[\"read\"]").get("/api/usage?all=true")).isError(403, "This key may not do what is for admins");
        assertThat(key("[\"write\"]").post("/api/upstreams",
                "{\"name\":\"place\",\"kind\":\"openai\",\"url\":\"http://127.0.0.1:1\",\"shared\":true}"))
                .isError(403, "This key may not do what is for admins");
    }

    @Test
    void a_key_makes_no_key_that_may_do_more() {
        var writer = key("[\"read\",\"write\"]");

        var made = writer.post(KEYS, "{\"name\":\"child\"}");
        assertThat(made).hasStatus(201);
        assertThat(scopes(made.json().path("data"))).containsExactly("read", "write");
        assertThat(writer.post(KEYS, "{\"name\":\"child\",\"scopes\":[\"chat\"]}"))
                .isError(403, "This key may not make one that may do more than itself");
    }

    @Test
    void a_key_with_limits_makes_keys_within_them() {
        var limited = key("{\"name\":\"a\",\"requests_per_minute\":50,\"tokens_per_day\":1000,\"expires_in_days\":5}", "ada");

        assertThat(limited.post(KEYS, "{\"name\":\"child\"}")).isError(403, "This key may not make one that outlasts it");
        var made = limited.post(KEYS, "{\"name\":\"child\",\"expires_in_days\":4}").json().path("data");
        assertThat(made.path("requests_per_minute").asInt()).isEqualTo(50);
        assertThat(made.path("tokens_per_day").asLong()).isEqualTo(1000);
        assertThat(limited.post(KEYS, "{\"name\":\"child\",\"expires_in_days\":4,\"requests_per_minute\":51}"))
                .isError(403, "This key may not make one that may do more than itself");
        assertThat(limited.post(KEYS, "{\"name\":\"child\",\"expires_in_days\":4,\"tokens_per_day\":1001}"))
                .isError(403, "This key may not make one that may do more than itself");
    }

    @Test
    void a_restricted_key_does_not_choose_the_first_password() {
        var change = "{\"new_password\":\"A long enough passw0rd\"}";

        assertThat(key("[\"write\"]").post("/api/v1/users/me/password", change)).hasStatus(403);
        assertThat(app.as("eve").post("/api/v1/users/me/password", change)).isOk();
    }

    @Test
    void the_pages_cookie_may_do_what_the_key_may_that_opened_it() {
        var reader = key("[\"read\"]");
        var opened = app.anonymous().post("/api/v1/auth/session", "{\"api_key\":\"" + reader.token() + "\"}");
        var cookie = opened.headers().get("Set-Cookie").split(";")[0];
        var page = app.anonymous();

        assertThat(page.send(page.request("/api/conversations").header("Cookie", cookie).header("Sec-Fetch-Site", "same-origin").build()))
                .isOk();
        var deletion = page.request("/api/trash").header("Cookie", cookie).header("Sec-Fetch-Site", "same-origin").delete().build();
        assertThat(page.send(deletion)).isError(403, "This key may not change anything");
        var leaving = page.request("/api/v1/auth/session").header("Cookie", cookie).header("Sec-Fetch-Site", "same-origin").delete();
        assertThat(page.send(leaving.build())).isOk();
    }

    @Test
    void setting_up_again_with_a_key_for_looking_changes_no_ollama() {
        var reader = key("[\"read\"]");

        assertThat(app.anonymous().post("/api/auth/setup",
                "{\"api_key\":\"" + reader.token() + "\",\"ollama_url\":\"" + app.ollama().url() + "\"}"))
                .isError(403, "This key may not change anything");
    }

    @Test
    void scopes_and_limits_are_checked() {
        var ada = app.as("ada");
        for (var scopes : List.of("[]", "[\"all\"]", "[null]", "[\"read\",\"read\",\"read\",\"read\",\"read\"]", "\"read\"")) {
            assertThat(ada.post(KEYS, "{\"name\":\"a\",\"scopes\":" + scopes + "}")).hasStatus(422);
        }
        assertThat(ada.post(KEYS, "{\"name\":\"a\",\"requests_per_minute\":0}")).isInvalid("body.requests_per_minute");
        assertThat(ada.post(KEYS, "{\"name\":\"a\",\"tokens_per_day\":0}")).isInvalid("body.tokens_per_day");
    }

    @Test
    void the_list_tells_when_and_from_where_a_key_was_used() throws Exception {
        var laptop = key("{\"name\":\"seen\"}", "ada");
        assertThat(laptop.get("/api/config/get")).isOk();

        Await.await(Duration.ofSeconds(20),
                () -> Rows.one(app.database(), "SELECT 1 FROM api_keys WHERE name = 'seen' AND last_used_ip = '127.0.0.1'") != null,
                () -> "the use was not noted");
        var shown = Stream.iterate(1, page -> page + 1).limit(5)
                .flatMap(page -> app.as("ada").get(KEYS + "?page=" + page + "&page_size=100").json().path("data").path("items")
                        .findParents("name").stream())
                .filter(item -> item.path("name").asText().equals("seen")).findFirst().orElseThrow();
        assertThat(shown.path("last_used_ip").asText()).isEqualTo("127.0.0.1");
        assertThat(shown.path("last_used_at").isNull()).isFalse();
    }

    private static List<String> scopes(JsonNode key) {
        return StreamSupport.stream(key.path("scopes").spliterator(), false).map(JsonNode::asText).toList();
    }

    private static Client key(String scopes) {
        return key("{\"name\":\"k\",\"scopes\":" + scopes + "}", "ada");
    }

    private static Client key(String body, String owner) {
        return app.with(app.as(owner).post(KEYS, body).json().path("data").path("api_key").asText());
    }
}
