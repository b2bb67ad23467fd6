package ollamaweb.prompts;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import ollamaweb.testing.Client;
import ollamaweb.testing.Rows;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prompts that an account keeps, beside the templates. */
class OwnPromptApiTest {

    private static final int MOST = 1000;

    @RegisterExtension
    static final TestApp app = new TestApp();

    @Test
    void a_prompt_is_kept_changed_and_deleted() {
        var ada = app.as("ada");
        var made =
                ada.post("/api/prompts", "{\"name\":\"Translate\",\"content\":\"Into {{language}}:\\n{{text}}\",\"category\":\"writing\"}");

        assertThat(made).hasStatus(201);
        var path = made.headers().get("Location");
        assertThat(path).isEqualTo("/api/prompts/" + made.id());
        assertThat(ada.get(path).json()).isEqualTo(made.json());
        assertThat(made.json().path("content").asText()).isEqualTo("Into {{language}}:\n{{text}}");

        app.clock().advance(Duration.ofMinutes(1));
        var changed = ada.patch(path, "{\"name\":\"Translate 🙂\",\"category\":null}");

        assertThat(changed).isOk();
        assertThat(changed.json().path("name").asText()).isEqualTo("Translate 🙂");
        assertThat(changed.json().path("category").isNull()).isTrue();
        assertThat(changed.json().path("content")).isEqualTo(made.json().path("content"));
        assertThat(changed.json().path("created_at")).isEqualTo(made.json().path("created_at"));
        assertThat(changed.json().path("updated_at")).isNotEqualTo(made.json().path("updated_at"));
        assertThat(ada.get(path).json()).isEqualTo(changed.json());

        assertThat(ada.delete(path).json().path("prompt_id").asLong()).isEqualTo(made.id());
        assertThat(ada.get(path)).isError(404, "Prompt not found");
        assertThat(ada.delete(path)).isError(404, "Prompt not found");
    }

    @Test
    void a_list_is_by_name_in_pages_and_has_nothing_of_others() {
        var bob = app.as("bob");
        keeps(app.as("carol"), "Another's");
        for (var name : List.of("éclair", "Zebra", "apple", "Eagle", "apple")) {
            keeps(bob, name);
        }

        var first = bob.get("/api/prompts?page_size=3").json();

        assertThat(first.path("prompts").findValuesAsText("name")).containsExactly("apple", "apple", "Eagle");
        assertThat(first.path("total").asInt()).isEqualTo(5);
        assertThat(first.path("total_pages").asInt()).isEqualTo(2);
        assertThat(bob.get("/api/prompts?page_size=3&page=2").json().path("prompts").findValuesAsText("name"))
                .containsExactlyInAnyOrder("éclair", "Zebra");
        assertThat(app.as("nobody").get("/api/prompts").json().path("prompts")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"content":"c"}                            | name
            {"name":"n"}                               | content
            {"name":"","content":"c"}                  | name
            {"name":" ","content":"c"}                 | name
            {"name":"a\\nb","content":"c"}             | name
            {"name":7,"content":"c"}                   | name
            {"name":null,"content":"c"}                | name
            {"name":"n","content":""}                  | content
            {"name":"n","content":" \\n"}              | content
            {"name":"n","content":["c"]}               | content
            {"name":"n","content":"c","category":""}   | category
            {"name":"n","content":"c","category":{}}   | category
            """)
    void what_is_no_prompt_is_refused_with_its_field(String body, String field) {
        var dora = app.as("dora");

        assertThat(dora.post("/api/prompts", body)).isInvalid("body." + field);

        assertThat(dora.get("/api/prompts").json().path("total").asInt()).isZero();
    }

    @Test
    void a_name_has_200_characters_a_content_10000_and_a_category_50_at_most() {
        var eve = app.as("eve");
        assertThat(eve.post("/api/prompts", prompt("🙂".repeat(200), "é".repeat(10_000), "c".repeat(50)))).hasStatus(201);
        assertThat(eve.post("/api/prompts", prompt("n".repeat(201), "c", "c"))).isInvalid("body.name");
        assertThat(eve.post("/api/prompts", prompt("n", "c".repeat(10_001), "c"))).isInvalid("body.content");
        assertThat(eve.post("/api/prompts", prompt("n", "c", "c".repeat(51)))).isInvalid("body.category");
    }

    @Test
    void a_change_that_is_none_is_refused_and_changes_nothing() {
        var fay = app.as("fay");
        var path = "/api/prompts/" + keeps(fay, "Mine");

        assertThat(fay.patch(path, "{\"name\":null}")).isInvalid("body.name");
        assertThat(fay.patch(path, "{\"content\":\"\"}")).isInvalid("body.content");
        assertThat(fay.patch(path, "{}")).isOk();
        assertThat(fay.get(path).json().path("name").asText()).isEqualTo("Mine");
    }

    @Test
    void strangers_and_those_who_are_not_signed_in_have_no_part_in_it() {
        var path = "/api/prompts/" + keeps(app.as("gil"), "Mine");
        for (var other : List.of(app.as("hal"), app.anonymous())) {
            int status = other.token() == null ? 401 : 404;
            assertThat(other.get(path)).hasStatus(status);
            assertThat(other.patch(path, "{\"name\":\"Theirs\"}")).hasStatus(status);
            assertThat(other.delete(path)).hasStatus(status);
        }
        assertThat(app.anonymous().get("/api/prompts")).hasStatus(401);
        assertThat(app.anonymous().post("/api/prompts", prompt("n", "c", "c"))).hasStatus(401);
        assertThat(app.as("gil").get(path).json().path("name").asText()).isEqualTo("Mine");
    }

    @Test
    void an_account_has_no_more_than_a_thousand() {
        var ida = app.as("ida");
        keeps(ida, "First");
        for (int i = 1; i < MOST; i++) {
            Rows.change(app.database(), """
                    INSERT INTO prompts (user_id, name, name_folded, content, created_at, updated_at)
                    SELECT user_id, 'n%1$d', 'n%1$d', 'c', created_at, updated_at FROM prompts WHERE name = 'First'""".formatted(i));
        }

        assertThat(ida.post("/api/prompts", prompt("n", "c", "c"))).isError(409, "An account can have at most 1000 prompts");
        assertThat(ida.delete("/api/prompts/" + ida.get("/api/prompts").json().at("/prompts/0/id").asLong())).isOk();
        assertThat(ida.post("/api/prompts", prompt("n", "c", "c"))).hasStatus(201);
    }

    private static long keeps(Client user, String name) {
        var made = user.post("/api/prompts", prompt(name, "Do", "c"));
        assertThat(made).hasStatus(201);
        return made.id();
    }

    private static String prompt(String name, String content, String category) {
        return "{\"name\":\"" + name + "\",\"content\":\"" + content + "\",\"category\":\"" + category + "\"}";
    }
}
