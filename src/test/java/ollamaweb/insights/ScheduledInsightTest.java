package ollamaweb.insights;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.say;
import static ollamaweb.testing.TaskClient.data;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import ollamaweb.json.Timestamps;
import ollamaweb.testing.Await;
import ollamaweb.testing.Cases;
import ollamaweb.testing.Client;
import ollamaweb.testing.Script;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Insights that come by themselves, at the account's hour. The test's clock begins on a Monday, at 10:00 UTC. */
class ScheduledInsightTest {

    private static final String INSIGHTS = "/api/v1/insights?page_size=100";
    private static final Pattern MARKS = Pattern.compile("\\[(task|goal|message) \\d+]");

    @RegisterExtension
    final TestApp app = new TestApp();

    private Client ada;
    private OwnThings adas;

    @BeforeEach
    void ada_lives_in_berlin() {
        app.ollama().model("tiny", ScheduledInsightTest::citesAll);
        ada = app.as("ada");
        adas = OwnThings.of(app, ada);
        assertThat(ada.patch("/api/v1/users/me", "{\"timezone\":\"Europe/Berlin\"}")).isOk();
        settings("{\"default_model\":\"tiny\"}");
    }

    @Test
    void a_daily_one_comes_at_the_accounts_hour_about_the_day_before() {
        adas.message(adas.conversation("Bread"), "How long does it rise?", "2026-01-05T11:00:00.000Z");
        adas.message(adas.conversation("Old"), "Long ago", "2026-01-01T11:00:00.000Z");
        adas.goal("Bake");
        settings("{\"insights.daily\":\"07:30\"}");
        app.clock().advance(Duration.ofHours(20)); // 07:00 in Berlin
        noneComes();

        app.clock().advance(Duration.ofMinutes(31));

        var insight = await(1).get(0);
        assertThat(insight.path("schedule").asText()).isEqualTo("daily");
        assertThat(insight.path("kind").asText()).isEqualTo("daily_summary");
        assertThat(insight.path("from").asText()).isEqualTo("2026-01-05T06:30:00.000Z");
        assertThat(insight.path("to").asText()).isEqualTo("2026-01-06T06:30:00.000Z");
        assertThat(insight.path("claims").toString()).contains("\"type\":\"message\",\"id\":1")
                .doesNotContain("\"type\":\"message\",\"id\":2");
        assertThat(insight.path("content").asText()).contains("[goal 1]", "[message 1]");
    }

    @Test
    void a_weekly_one_comes_on_its_day_about_the_week_before() {
        adas.message(adas.conversation("Bread"), "How long does it rise?", "2026-01-05T11:00:00.000Z");
        settings("{\"insights.weekly\":\"THU 18:00\"}");
        app.clock().advance(Duration.ofDays(2));
        noneComes();

        app.clock().advance(Duration.ofDays(1).plusHours(7).plusMinutes(1));

        var insight = await(1).get(0);
        assertThat(insight.path("schedule").asText()).isEqualTo("weekly");
        assertThat(insight.path("from").asText()).isEqualTo("2026-01-01T17:00:00.000Z");
        assertThat(insight.path("to").asText()).isEqualTo("2026-01-08T17:00:00.000Z");
    }

    @Test
    void it_comes_once_whatever_restarts_and_of_missed_days_only_the_last() {
        adas.goal("Bake");
        settings("{\"insights.daily\":\"07:00\"}");
        app.restart();
        app.clock().advance(Duration.ofDays(5));
        app.restart();
        ada = app.as("ada");
        assertThat(await(1).get(0).path("to").asText()).isEqualTo("2026-01-10T06:00:00.000Z");
        app.restart();
        ada = app.as("ada");

        app.clock().advance(Duration.ofDays(1));

        assertThat(await(2).get(0).path("to").asText()).isEqualTo("2026-01-11T06:00:00.000Z");
    }

    @Test
    void it_comes_at_the_same_hour_in_summer_and_winter_and_goes_along_when_the_user_moves() {
        adas.goal("Bake");
        app.clock().advance(Duration.between(app.clock().instant(), Instant.parse("2026-03-28T12:00:00Z")));
        settings("{\"insights.daily\":\"07:00\"}");
        app.clock().advance(Duration.ofHours(18)); // 29 March, 06:00 UTC: summer time since this night
        var first = await(1).get(0);
        assertThat(first.path("from").asText()).isEqualTo("2026-03-28T06:00:00.000Z");
        assertThat(first.path("to").asText()).isEqualTo("2026-03-29T05:00:00.000Z");

        ada.patch("/api/v1/users/me", "{\"timezone\":\"America/New_York\"}");
        app.clock().advance(Duration.ofHours(6));

        assertThat(await(2).get(0).path("to").asText()).isEqualTo("2026-03-29T11:00:00.000Z");
    }

    @Test
    void an_account_that_no_longer_wants_it_gets_none_and_a_new_wish_looks_forward() {
        adas.goal("Bake");
        settings("{\"insights.daily\":\"07:00\"}");
        settings("{\"insights.daily\":null}");
        app.clock().advance(Duration.ofDays(3));
        settings("{\"insights.daily\":\"07:00\"}");
        noneComes();

        app.clock().advance(Duration.ofDays(1));

        await(1);
    }

    @Test
    void what_cites_nothing_or_what_was_not_given_is_dropped() {
        long message = adas.message(adas.conversation("Bread"), "How long does it rise?", "2026-01-05T11:00:00.000Z");
        app.ollama().model("tiny", say("""
            ## Your day
            - You asked about bread [message %d].
            - You are wonderful.
            - You bought a boat [message 999].
            - Both [message %d, message 999]
            """.formatted(message, message)));
        settings("{\"insights.daily\":\"07:00\"}");
        app.clock().advance(Duration.ofDays(1));

        var insight = await(1).get(0);

        assertThat(insight.path("content").asText()).isEqualTo("## Your day\n- You asked about bread [message " + message + "].");
        assertThat(insight.path("claims").toString()).isEqualTo(
                "[{\"text\":\"You asked about bread.\",\"supported\":true,\"sources\":[{\"type\":\"message\",\"id\":" + message + "}]}]");
    }

    @Test
    void a_model_that_never_cites_is_asked_again_and_then_it_has_failed() {
        adas.goal("Bake");
        app.ollama().model("tiny", say("- All is well."));
        settings("{\"insights.daily\":\"07:00\"}");
        app.clock().advance(Duration.ofDays(1));

        for (int i = 1; i <= 3; i++) {
            int attempts = i;
            until(() -> insights().size() == 1 && insights().get(0).path("attempts").asInt() == attempts
                    && insights().get(0).path("started_at").isNull());
            app.clock().advance(Duration.ofMinutes(6));
        }

        until(() -> insights().get(0).path("status").asText().equals("failed"));
        assertThat(insights().get(0).path("error").asText()).contains("cited nothing");
    }

    @Test
    void without_a_model_to_ask_it_says_so_and_the_last_one_talked_to_will_do() {
        settings("{\"default_model\":null,\"insights.daily\":\"07:00\"}");
        app.clock().advance(Duration.ofDays(1));
        until(() -> insights().size() == 1 && insights().get(0).path("status").asText().equals("failed"));
        assertThat(insights().get(0).path("error").asText()).contains("default_model");

        adas.message(adas.conversation("Bread"), "How long?", "2026-01-06T11:00:00.000Z");
        app.clock().advance(Duration.ofDays(1));

        assertThat(await(2).get(0).path("model_name").asText()).isEqualTo("tiny");
    }

    @Test
    void one_that_is_ready_is_an_event_of_the_account() {
        adas.goal("Bake");
        try (var events = ada.open(ada.request("/api/v1/events").get().build())) {
            settings("{\"insights.daily\":\"07:00\"}");
            app.clock().advance(Duration.ofDays(1));

            var event = events.next("insight").json();

            assertThat(event.path("schedule").asText()).isEqualTo("daily");
            assertThat(ada.get("/api/v1/insights/" + event.path("id").asLong()).json().at("/data/status").asText()).isEqualTo("ready");
        }
    }

    @Test
    void a_month_of_conversations_becomes_a_digest_whose_every_claim_cites_its_messages() {
        var texts = new ArrayList<String>();
        for (int day = 1; day <= 30; day++) {
            long conversation = adas.conversation("Day " + day);
            for (int hour = 8; hour < 11; hour++) {
                var text = "On day " + day + " at " + hour + " the dough took " + (day * hour) + " minutes";
                texts.add(text);
                adas.message(conversation, text, "2025-12-%02dT%02d:00:00.000Z".formatted(day, hour));
            }
        }
        app.ollama().model("tiny",
                request -> say(cites(request).replaceFirst("\n", "\n- Nobody said this.\n- Nor this [message 999999]\n")));

        var insight = data(ada.post("/api/v1/insights?wait=20", """
            {"kind":"conversation_digest","model_name":"tiny","from":"2025-12-01","to":"2025-12-31"}"""));

        assertThat(insight.path("status").asText()).isEqualTo("ready");
        var claims = insight.path("claims");
        assertThat(claims.size()).isGreaterThan(60);
        for (var claim : claims) {
            assertThat(claim.path("supported").asBoolean()).isTrue();
            assertThat(claim.path("sources")).hasSize(1);
            int id = claim.path("sources").get(0).path("id").asInt();
            assertThat(claim.path("text").asText()).isEqualTo("Said: " + texts.get(id - 1));
        }
        assertThat(insight.path("content").asText()).doesNotContain("Nobody said this", "Nor this");
    }

    @Test
    void a_week_with_very_much_in_it_is_read_whole_and_less_of_each() {
        long conversation = adas.conversation("Bread");
        for (int i = 0; i < 60; i++) {
            adas.message(conversation, "Loaf " + i + " " + "crumb ".repeat(200),
                    "2026-01-05T%02d:%02d:00.000Z".formatted(11 + i / 60, i % 60));
        }
        settings("{\"insights.weekly\":\"TUE 07:00\"}");
        app.clock().advance(Duration.ofDays(1));

        assertThat(await(1).get(0).path("claims").size()).isEqualTo(60);
    }

    @TestFactory
    Stream<DynamicTest> a_time_that_is_none_is_refused() {
        return Cases.each("""
            {"insights.daily":"7:00"}         | body.settings
            {"insights.daily":"24:00"}        | body.settings
            {"insights.daily":"07:60"}        | body.settings
            {"insights.daily":7}              | body.settings
            {"insights.daily":true}           | body.settings
            {"insights.daily":"MON 07:00"}    | body.settings
            {"insights.weekly":"07:00"}       | body.settings
            {"insights.weekly":"MO 07:00"}    | body.settings
            {"insights.weekly":"mon 07:00"}   | body.settings
            """, (settings, field) -> assertThat(ada.post("/api/config/save", "{\"settings\":" + settings + "}")).isInvalid(field));
    }

    private void settings(String json) {
        assertThat(ada.post("/api/config/save", "{\"settings\":" + json + "}")).isOk();
    }

    private List<JsonNode> insights() {
        var all = new ArrayList<JsonNode>();
        data(ada.get(INSIGHTS)).path("items").forEach(all::add);
        return all;
    }

    /** @return all insights, newest first, once there are so many and all are ready */
    private List<JsonNode> await(int count) {
        until(() -> insights().size() == count && insights().get(0).path("status").asText().equals("ready"));
        return insights();
    }

    /** Another account's, whose time comes later, shows that the schedules were looked at. */
    private void noneComes() {
        var bob = app.as("bob");
        var soon = Timestamps.format(app.clock().instant().plusSeconds(90)).substring(11, 16);
        assertThat(bob.post("/api/config/save", "{\"settings\":{\"default_model\":\"tiny\",\"insights.daily\":\"" + soon + "\"}}")).isOk();
        int before = data(bob.get(INSIGHTS)).path("total").asInt();
        app.clock().advance(Duration.ofMinutes(2));
        until(() -> data(bob.get(INSIGHTS)).path("total").asInt() == before + 1);
        assertThat(insights()).isEmpty();
    }

    private void until(BooleanSupplier condition) {
        Await.await(condition, () -> insights().toString());
    }

    private static Script citesAll(JsonNode request) {
        return say(cites(request));
    }

    /** @return a line for each item that the model was given, with its mark */
    private static String cites(JsonNode request) {
        var lines = new StringBuilder();
        request.path("messages").get(1).path("content").asText().lines().filter(line -> line.startsWith("| [")).forEach(line -> {
            var mark = MARKS.matcher(line).results().map(MatchResult::group).findFirst().orElseThrow();
            lines.append("- Said: ").append(line.substring(line.indexOf("): ") < 0 ? 2 : line.indexOf("): ") + 3)).append(' ').append(mark)
                    .append('\n');
        });
        return lines.toString();
    }
}
