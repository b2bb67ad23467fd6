package ollamaweb.insights;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.say;
import static ollamaweb.testing.TaskClient.data;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** What insights that come by themselves, and digests, say is cited, or left out. */
class CitedInsightTest extends ScheduledInsights {

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
}
