package ollamaweb.chat;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.hold;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import ollamaweb.testing.Event;
import ollamaweb.testing.Gate;
import ollamaweb.testing.Rows;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How long an answer may become, and a conversation. */
@Timeout(60)
class AnswerLimitTest {

    private static final String ASK = "{\"message\":\"Hi\",\"model_name\":\"tiny\"}";

    @RegisterExtension
    final TestApp app = new TestApp().with("MAX_ANSWER_BYTES", "1024").with("MAX_CONVERSATION_MESSAGES", "4");

    @Test
    void an_answer_that_grows_too_long_is_kept_up_to_the_limit_and_interrupted() {
        app.ollama().model("tiny", say("x".repeat(1000), "€".repeat(9), "more", "and more").then(hold(new Gate())));
        var ada = app.as("ada");

        var events = ada.chat(ASK);

        assertThat(events.get(events.size() - 1)).isEqualTo(new Event(null, "error", "{\"error\":\"The answer is too long\"}"));
        var answer = ada.messages(1).get(1);
        assertThat(answer.path("status").asText()).isEqualTo("interrupted");
        assertThat(answer.path("content").asText()).as("cut at a character").isEqualTo("x".repeat(1000) + "€".repeat(8));
        app.ollama().awaitClientsGone(1);
        assertThat(ada.follow(2).rest()).endsWith(new Event("end", "error", "{\"error\":\"The answer is too long\"}"));
    }

    @Test
    void an_answer_of_just_the_limit_is_complete() {
        app.ollama().model("tiny", say("x".repeat(1000), "y".repeat(24)));

        assertThat(app.as("ada").chat(ASK)).extracting(Event::name).endsWith("done");
    }

    @Test
    void a_whole_answer_that_is_too_long_says_so() {
        app.ollama().model("tiny", say("x".repeat(1025)));

        var answer = app.as("ada").post("/api/chat/stream", "{\"message\":\"Hi\",\"model_name\":\"tiny\",\"stream\":false}");

        assertThat(answer).isError(503, "The answer is too long");
    }

    @Test
    void an_answer_that_is_as_long_as_may_be_cannot_be_continued() {
        app.ollama().model("tiny", say("x".repeat(2000)));
        var ada = app.as("ada");
        ada.chat(ASK);

        assertThat(ada.post("/api/chat/stream", "{\"conversation_id\":1,\"continue\":true}"))
                .isError(409, "The answer is too long to be continued");
    }

    @Test
    void a_full_conversation_takes_no_more_questions() {
        var ada = app.as("ada");
        ada.chat("{\"message\":\"One\",\"model_name\":\"echo\"}");
        ada.chat("{\"message\":\"Two\",\"conversation_id\":1}");

        assertThat(ada.post("/api/chat/stream", "{\"message\":\"Three\",\"conversation_id\":1}"))
                .isError(409, "A conversation can have at most 4 messages");
        assertThat(ada.post("/api/chat/stream", "{\"conversation_id\":1,\"regenerate\":true}"))
                .isError(409, "A conversation can have at most 4 messages");
        assertThat(ada.messages(1)).hasSize(4);
    }

    @Test
    void a_giant_answer_of_an_older_database_is_not_sent_to_a_model() {
        var ada = app.as("ada");
        ada.chat("{\"message\":\"One\",\"model_name\":\"echo\"}");
        Rows.change(app.database(), "UPDATE messages SET content = printf('%.*c', 9000000, 'x') WHERE id = 2");

        assertThat(ada.chat("{\"message\":\"Two\",\"conversation_id\":1}")).extracting(Event::name).endsWith("done");

        assertThat(app.ollama().lastChat().body().path("messages").findValuesAsText("content")).containsExactly("Two");
    }

    @Test
    void an_import_of_more_messages_than_a_conversation_may_have_is_refused_whole() {
        var message = "{\"role\":\"user\",\"content\":\"Hi\"}";

        var answer = app.as("ada").post("/api/export/conversations/import",
                "{\"title\":\"Full\",\"model_name\":\"tiny\",\"messages\":[" + String.join(",", Collections.nCopies(5, message)) + "]}");

        assertThat(answer).isError(409, "A conversation can have at most 4 messages");
        assertThat(app.as("ada").get("/api/conversations").json().path("total").asInt()).isZero();
    }
}
