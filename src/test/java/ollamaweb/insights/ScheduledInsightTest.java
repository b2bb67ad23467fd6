package ollamaweb.insights;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.TaskClient.data;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import ollamaweb.json.Timestamps;
import ollamaweb.testing.Cases;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Insights that come by themselves, at the account's hour. */
class ScheduledInsightTest extends ScheduledInsights {

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
        try (var events = ada.accountEvents()) {
            settings("{\"insights.daily\":\"07:00\"}");
            app.clock().advance(Duration.ofDays(1));

            var event = events.next("insight").json();

            assertThat(event.path("schedule").asText()).isEqualTo("daily");
            assertThat(ada.get("/api/v1/insights/" + event.path("id").asLong()).json().at("/data/status").asText()).isEqualTo("ready");
        }
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
}
