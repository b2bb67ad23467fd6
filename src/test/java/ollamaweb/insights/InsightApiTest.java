package ollamaweb.insights;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.say;
import static ollamaweb.testing.Script.hold;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import ollamaweb.testing.Answer;
import ollamaweb.testing.Gate;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InsightApiTest {

    private static final String INSIGHTS = "/api/v1/insights/";
    private static final String DAILY = "{\"kind\":\"daily_summary\",\"model_name\":\"tiny\"}";

    @RegisterExtension
    final TestApp app = new TestApp();

    @Test
    void whoever_waits_gets_the_text_and_what_it_cites() {
        var things = OwnThings.of(app, app.as("ada"));
        things.task("Water the plants", "open", "2026-01-05T18:00:00.000Z", null);
        long bread = things.task("Buy bread", "open", "2026-01-05T17:00:00.000Z", null);
        app.ollama().model("tiny", say("  First the", " bread [task " + bread + "].\n"));

        var answer = app.as("ada").post(INSIGHTS + "?wait=20", DAILY);

        assertThat(answer).isOk().hasHeader("Location", "/api/v1/insights/1");
        assertThat(answer.json().path("message").asText()).isEqualTo("Success");
        assertThat(answer.json().path("timestamp").asText()).endsWith("Z");
        var insight = answer.json().path("data");
        assertThat(insight.fieldNames()).toIterable().containsExactly("id", "kind", "status", "model_name", "goal_id",
                "conversation_id", "from", "to", "content", "error", "sources", "claims", "schedule", "tokens_used", "attempts",
                "created_at",
                "started_at", "finished_at");
        assertThat(insight.path("status").asText()).isEqualTo("ready");
        assertThat(insight.path("content").asText()).isEqualTo("First the bread [task 2].");
        assertThat(insight.path("sources").toString()).isEqualTo("[{\"type\":\"task\",\"id\":2}]");
        assertThat(insight.path("tokens_used").asInt()).isEqualTo(2);
        assertThat(insight.path("attempts").asInt()).isEqualTo(1);
        assertThat(insight.path("from").asText()).isEqualTo("2026-01-05T00:00:00.000Z");
        assertThat(insight.path("to").asText()).isEqualTo("2026-01-06T00:00:00.000Z");
        assertThat(app.as("ada").get(INSIGHTS + "1").json().path("data")).isEqualTo(insight);
    }

    @Test
    void whoever_does_not_wait_is_told_where_to_look() {
        var gate = new Gate();
        OwnThings.of(app, app.as("ada")).goal("Learn to swim");
        app.ollama().model("tiny", hold(gate).then(say("Swim!")));

        var answer = app.as("ada").post(INSIGHTS, DAILY);

        assertThat(answer).hasStatus(202).hasHeader("Location", "/api/v1/insights/1");
        assertThat(answer.json().path("data").path("status").asText()).isEqualTo("pending");
        assertThat(answer.json().path("data").path("content").isNull()).isTrue();
        gate.open();
    }

    @Test
    void patience_that_ends_before_the_text_does_is_told_that_it_is_pending() {
        var gate = new Gate();
        OwnThings.of(app, app.as("ada")).goal("Learn to swim");
        app.ollama().model("tiny", hold(gate).then(say("Swim!")));

        var answer = app.as("ada").post(INSIGHTS + "?wait=1", DAILY);

        assertThat(answer).hasStatus(202);
        assertThat(answer.json().path("data").path("status").asText()).isEqualTo("pending");
        gate.open();
    }

    @Test
    void where_there_is_nothing_to_read_no_model_is_asked() {
        var answer = app.as("ada").post(INSIGHTS + "?wait=20", DAILY);

        assertThat(answer).isOk();
        assertThat(answer.json().path("data").path("content").asText()).startsWith("Nothing is due");
        assertThat(answer.json().path("data").path("sources")).isEmpty();
        assertThat(app.ollama().chats()).isEmpty();
    }

    @Test
    void the_default_model_is_asked_when_none_is_named() {
        OwnThings.of(app, app.as("ada")).goal("Learn to swim");
        app.as("ada").post("/api/config/save", "{\"settings\":{\"default_model\":\"echo\"}}");

        var answer = app.as("ada").post(INSIGHTS + "?wait=20", "{\"kind\":\"daily_summary\"}");

        assertThat(answer).isOk();
        assertThat(app.ollama().lastChat().body().path("model").asText()).isEqualTo("echo");
    }

    @Test
    void without_a_model_and_a_default_one_is_required() {
        assertThat(app.as("ada").post(INSIGHTS, "{\"kind\":\"daily_summary\"}")).isInvalid("body.model_name");
        assertThat(list("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                                   | body.kind
            {"kind":"horoscope"}                                                 | body.kind
            {"kind":1}                                                           | body.kind
            {"kind":"daily_summary","model_name":""}                             | body.model_name
            {"kind":"goal_review"}                                               | body.goal_id
            {"kind":"goal_review","goal_id":"1"}                                 | body.goal_id
            {"kind":"goal_review","goal_id":99}                                  | body.goal_id
            {"kind":"conversation_digest"}                                       | body.conversation_id
            {"kind":"conversation_digest","conversation_id":99}                  | body.conversation_id
            {"kind":"conversation_digest","from":"yesterday"}                    | body.from
            {"kind":"conversation_digest","to":"2026-13-01"}                     | body.to
            {"kind":"conversation_digest","from":"9999-12-31"}                   | body.from
            {"kind":"conversation_digest","from":"2026-01-05","to":"2026-01-04"} | body.to
            """)
    void an_invalid_wish_is_refused_and_leaves_nothing(String json, String loc) {
        assertThat(app.as("ada").post(INSIGHTS, json)).isInvalid(loc);
        assertThat(list("")).isEmpty();
    }

    @Test
    void a_wait_is_at_most_a_minute() {
        assertThat(app.as("ada").post(INSIGHTS + "?wait=61", DAILY)).isInvalid("query.wait");
        assertThat(app.as("ada").post(INSIGHTS + "?wait=-1", DAILY)).isInvalid("query.wait");
        assertThat(app.as("ada").post(INSIGHTS + "?wait=soon", DAILY)).isInvalid("query.wait");
        assertThat(list("")).isEmpty();
    }

    @Test
    void another_users_goal_or_conversation_cannot_be_named() {
        var bobs = OwnThings.of(app, app.as("bob"));
        long goal = bobs.goal("Rob a bank");
        long conversation = bobs.conversation("Plans");

        assertThat(review(goal)).isInvalid("body.goal_id");
        assertThat(app.as("ada").post(INSIGHTS, "{\"kind\":\"conversation_digest\",\"model_name\":\"tiny\",\"conversation_id\":"
                + conversation + "}")).isInvalid("body.conversation_id");
    }

    @Test
    void nobody_gets_anything_without_signing_in() {
        assertThat(app.anonymous().post(INSIGHTS, DAILY)).isError(401, "API key is required");
        assertThat(app.anonymous().get(INSIGHTS)).isError(401, "API key is required");
        assertThat(app.anonymous().get(INSIGHTS + "1")).isError(401, "API key is required");
        assertThat(app.anonymous().delete(INSIGHTS + "1")).isError(401, "API key is required");
    }

    @Test
    void another_users_insight_does_not_exist() {
        app.as("ada").post(INSIGHTS + "?wait=20", DAILY);

        assertThat(app.as("bob").get(INSIGHTS + "1")).isError(404, "Insight not found");
        assertThat(app.as("bob").delete(INSIGHTS + "1")).isError(404, "Insight not found");
        assertThat(app.as("bob").get(INSIGHTS).json().path("data").path("total").asInt()).isZero();
        assertThat(app.as("ada").get(INSIGHTS + "1")).isOk();
    }

    @Test
    void an_id_has_to_be_a_number_and_to_exist() {
        assertThat(app.as("ada").get(INSIGHTS + "first")).isInvalid("path.id");
        assertThat(app.as("ada").get(INSIGHTS + "7")).isError(404, "Insight not found");
        assertThat(app.as("ada").delete(INSIGHTS + "7")).isError(404, "Insight not found");
    }

    @Test
    void a_deleted_insight_is_gone() {
        app.as("ada").post(INSIGHTS + "?wait=20", DAILY);

        var answer = app.as("ada").delete(INSIGHTS + "1");

        assertThat(answer).isOk();
        assertThat(answer.json().path("data").path("id").asLong()).isEqualTo(1);
        assertThat(app.as("ada").get(INSIGHTS + "1")).isError(404, "Insight not found");
    }

    @Test
    void a_list_is_newest_first_in_pages_by_kind_and_status() {
        app.ollama().model("tiny", say("Go on."));
        long goal = OwnThings.of(app, app.as("ada")).goal("Learn to swim");
        review(goal);
        app.as("ada").post(INSIGHTS + "?wait=20", DAILY);
        app.as("ada").post(INSIGHTS + "?wait=20", "{\"kind\":\"daily_summary\",\"model_name\":\"missing\"}");

        var page = app.as("ada").get(INSIGHTS + "?page=2&page_size=2").json().path("data");
        assertThat(page.path("items")).hasSize(1);
        assertThat(page.path("items").path(0).path("id").asLong()).isEqualTo(1);
        assertThat(page.path("total").asInt()).isEqualTo(3);
        assertThat(page.path("total_pages").asInt()).isEqualTo(2);
        assertThat(list("").findValuesAsText("model_name")).containsExactly("missing", "tiny", "tiny");
        assertThat(list("?kind=goal_review").findValuesAsText("status")).containsExactly("ready");
        assertThat(list("?status=failed").findValuesAsText("error")).containsExactly("Model 'missing' not found");
        assertThat(list("?kind=daily_summary&status=ready")).hasSize(1);
        assertThat(app.as("ada").get(INSIGHTS + "?kind=horoscope")).isInvalid("query.kind");
        assertThat(app.as("ada").get(INSIGHTS + "?status=done")).isInvalid("query.status");
    }

    @Test
    void no_more_than_twenty_can_be_pending() {
        var gate = new Gate();
        app.ollama().model("tiny", hold(gate));
        OwnThings.of(app, app.as("ada")).goal("Learn to swim");
        for (int i = 0; i < 20; i++) {
            assertThat(app.as("ada").post(INSIGHTS, DAILY)).hasStatus(202);
        }

        var answer = app.as("ada").post(INSIGHTS, DAILY);

        assertThat(answer).isError(429, "At most 20 insights can be pending").hasHeader("Retry-After", "60");
        assertThat(app.as("bob").post(INSIGHTS, DAILY)).hasStatus(202);
        gate.open();
    }

    private Answer review(long goal) {
        return app.as("ada").post(INSIGHTS + "?wait=20", "{\"kind\":\"goal_review\",\"model_name\":\"tiny\",\"goal_id\":" + goal + "}");
    }

    private JsonNode list(String query) {
        return app.as("ada").get(INSIGHTS + query).json().path("data").path("items");
    }
}
