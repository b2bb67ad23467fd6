package ollamaweb.usage;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.refuse;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import ollamaweb.testing.Client;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What answers have cost, summed by what they have in common. */
class UsageTest {

    @RegisterExtension
    final TestApp app = new TestApp();

    @Test
    void answers_are_summed_by_day_model_and_conversation() {
        app.ollama().model("small", say("one").evalCount(3).promptTokens(10));
        app.ollama().model("large", say("two").evalCount(5).promptTokens(20));
        var ada = app.as("ada");
        long first = ask(ada, "small", null);
        ask(ada, "large", first);
        app.clock().advance(Duration.ofDays(1));
        long second = ask(ada, "small", null);

        var days = usage(ada, "");
        assertThat(days).hasSize(2);
        var today = LocalDate.ofInstant(app.clock().instant(), ZoneOffset.UTC);
        assertSum(days.path(0), "day", "\"" + today + "\"", 1, 10, 3);
        assertSum(days.path(1), "day", "\"" + today.minusDays(1) + "\"", 2, 30, 8);
        assertThat(days.path(1).path("duration_ms").asLong()).isPositive();
        var models = usage(ada, "?group_by=model");
        assertSum(models.path(0), "model", "\"small\"", 2, 20, 6);
        assertSum(models.path(1), "model", "\"large\"", 1, 20, 5);
        var conversations = usage(ada, "?group_by=conversation");
        assertSum(conversations.path(0), "conversation_id", Long.toString(first), 2, 30, 8);
        assertSum(conversations.path(1), "conversation_id", Long.toString(second), 1, 10, 3);
        assertThat(usage(ada, "?from=" + today)).hasSize(1);
        assertThat(usage(ada, "?to=" + today).path(0).path("answers").asInt()).isEqualTo(2);
        assertThat(usage(ada, "?from=" + today + "&to=" + today)).isEmpty();
        assertThat(ada.get("/api/usage?page_size=1&page=2").json().path("has_more").asBoolean()).isFalse();
        assertThat(ada.get("/api/usage?page_size=1").json().path("has_more").asBoolean()).isTrue();
    }

    @Test
    void keys_are_told_apart_and_sessions_have_none() {
        app.ollama().model("small", say("one").evalCount(3));
        var tokens = app.anonymous().post("/api/v1/auth/register",
                "{\"email\":\"eve@example.org\",\"password\":\"Sourdough1\",\"display_name\":\"Eve\"}").json().path("data");
        var eve = app.with(tokens.path("access_token").asText());
        var key = eve.post("/api/v1/users/me/api-keys", "{\"name\":\"laptop\"}").json().path("data");
        ask(eve, "small", null);
        ask(app.with(key.path("api_key").asText()), "small", null);
        ask(app.with(key.path("api_key").asText()), "small", null);

        var keys = usage(eve, "?group_by=key");

        assertSum(keys.path(0), "key_id", key.path("id").asText(), 2, 0, 6);
        assertSum(keys.path(1), "key_id", "null", 1, 0, 3);
    }

    @Test
    void what_is_deleted_or_fails_has_cost_all_the_same() {
        app.ollama().model("small", say("one").evalCount(3));
        app.ollama().model("broken", refuse(500, "no memory"));
        var ada = app.as("ada");
        ada.delete("/api/conversations/" + ask(ada, "small", null));
        ada.chat("{\"message\":\"Hi\",\"model_name\":\"broken\"}");

        assertThat(usage(ada, "").path(0).path("answers").asInt()).isEqualTo(2);
    }

    @Test
    void an_admin_sees_all_accounts_and_others_their_own() {
        app.ollama().model("small", say("one").evalCount(3));
        var admin = app.as("ada");
        var bob = app.as("bob");
        ask(admin, "small", null);
        ask(bob, "small", null);
        ask(bob, "small", null);
        long bobsId = bob.get("/api/config/get").json().path("user_id").asLong();

        assertThat(usage(admin, "?all=true")).hasSize(2);
        assertSum(usage(admin, "?all=true").path(0), "user_id", Long.toString(bobsId), 2, 0, 6);
        assertThat(usage(admin, "?all=true&group_by=model").path(0).path("answers").asInt()).isEqualTo(3);
        assertThat(usage(bob, "?all=true")).hasSize(1);
        assertThat(usage(bob, "").path(0).path("answers").asInt()).isEqualTo(2);
        assertThat(usage(app.as("eve"), "")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"group_by=weather", "from=yesterday", "to=5", "all=maybe", "page_size=101"})
    void what_makes_no_sense_is_refused(String query) {
        assertThat(app.as("ada").get("/api/usage?" + query)).isInvalid("query." + query.split("=")[0]);
    }

    private static void assertSum(JsonNode sum, String field, String name, int answers, int promptTokens, int answerTokens) {
        assertThat(sum.has(field)).isTrue();
        assertThat(sum.path(field)).hasToString(name);
        assertThat(sum.path("answers").asInt()).isEqualTo(answers);
        assertThat(promptTokens == 0 || sum.path("prompt_tokens").asInt() == promptTokens).as(sum.toString()).isTrue();
        assertThat(sum.path("answer_tokens").asInt()).isEqualTo(answerTokens);
    }

    private static JsonNode usage(Client user, String query) {
        var answer = user.get("/api/usage" + query);
        assertThat(answer).isOk();
        return answer.json().path("items");
    }

    private static long ask(Client user, String model, Long conversation) {
        var answer =
                user.post("/api/chat/stream", "{\"message\":\"Hi\",\"stream\":false,\"model_name\":\"" + model + "\",\"conversation_id\":"
                        + conversation + "}");
        assertThat(answer).isOk();
        return answer.json().path("conversation_id").asLong();
    }
}
