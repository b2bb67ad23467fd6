package ollamaweb.chat;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.cutMidLine;
import static ollamaweb.testing.Script.hold;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import ollamaweb.testing.Client;
import ollamaweb.testing.Event;
import ollamaweb.testing.EventReader;
import ollamaweb.testing.Gate;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResumeTest {

    private static final String ASK = "{\"message\":\"Hi\",\"model_name\":\"tiny\"}";

    @RegisterExtension
    final TestApp app = new TestApp();

    @Test
    void two_tabs_and_a_phone_see_the_same() {
        var gate = new Gate();
        app.ollama().model("tiny", say("Hel", "lo").then(hold(gate), say(" world", "!")));
        var ada = app.as("ada");

        try (var tab = ada.ask(ASK)) {
            long answer = answerId(tab);
            gate.awaitArrival();
            try (var secondTab = ada.follow(answer); var phone = ada.follow(answer)) {
                assertThat(secondTab.next("token").content()).isEqualTo("Hel");
                gate.open();
                assertThat(text(tab.rest())).isEqualTo("Hello world!");
                assertThat("Hel" + text(secondTab.rest())).isEqualTo("Hello world!");
                var seenOnPhone = phone.rest();
                assertThat(text(seenOnPhone)).isEqualTo("Hello world!");
                assertThat(seenOnPhone.get(seenOnPhone.size() - 1).withoutCounts())
                        .isEqualTo(new Event("end", "done", "{\"message_id\":2,\"tokens_used\":4}"));
            }
        }
    }

    @Test
    void a_client_that_comes_back_goes_on_where_it_was() {
        var gate = new Gate();
        app.ollama().model("tiny", say("Hel", "lo").then(hold(gate), say(" world")));
        var ada = app.as("ada");
        String lastEventId;
        try (var stream = ada.ask(ASK)) {
            answerId(stream);
            lastEventId = stream.next("token").id();
        }

        try (var again = resume(ada, 2, lastEventId)) {
            assertThat(again.next("token").content()).isEqualTo("lo");
            gate.open();
            assertThat(text(again.rest())).isEqualTo(" world");
        }
    }

    @Test
    void an_answer_nobody_waits_for_is_finished_all_the_same() {
        var gate = new Gate();
        app.ollama().model("tiny", say("Hel").then(hold(gate), say("lo")));
        var ada = app.as("ada");
        ada.ask(ASK).close();
        gate.awaitArrival();

        gate.open();

        assertThat(text(ada.follow(2).rest())).isEqualTo("Hello");
        assertThat(ada.messages(1).get(1).path("status").asText()).isEqualTo("complete");
    }

    @Test
    void after_its_end_an_answer_is_replayed_from_any_place_also_after_a_restart() {
        app.ollama().model("tiny", say("Grüß", " dich! 👋", " Na?"));
        app.as("ada").chat(ASK);

        app.restart();

        var ada = app.as("ada");
        assertThat(text(ada.follow(2).rest())).isEqualTo("Grüß dich! 👋 Na?");
        assertThat(text(resume(ada, 2, "6").rest())).isEqualTo(" dich! 👋 Na?");
        assertThat(text(resume(ada, 2, "14").rest())).as("inside a character").isEqualTo(" Na?");
        assertThat(resume(ada, 2, "99999").rest()).extracting(Event::name).containsExactly("done");
    }

    @Test
    void a_browser_that_has_got_the_end_is_told_not_to_come_back() {
        app.ollama().model("tiny", say("Hello"));
        var ada = app.as("ada");
        ada.chat(ASK);

        var answer = ada.send(ada.request("/api/chat/stream/2").header("Last-Event-ID", "end").build());

        assertThat(answer).hasStatus(204);
    }

    @Test
    void a_replayed_failure_ends_as_it_did() {
        app.ollama().model("tiny", say("Hel").then(cutMidLine()));
        var ada = app.as("ada");
        var error = last(ada.chat(ASK));

        var replayed = ada.follow(2).rest();

        assertThat(error.name()).isEqualTo("error");
        assertThat(last(replayed)).isEqualTo(new Event("end", "error", error.data()));
        app.restart();
        assertThat(app.as("ada").follow(2).rest()).isEqualTo(replayed);
    }

    @Test
    void a_long_answer_is_replayed_whole() {
        var longText = "äöü😀 0123456789".repeat(5000);
        app.ollama().model("tiny", say(longText));
        app.as("ada").chat(ASK);
        app.restart();

        var events = app.as("ada").follow(2).rest();

        assertThat(text(events)).isEqualTo(longText);
        assertThat(events.size()).isGreaterThan(10);
    }

    @Test
    void a_stranger_gets_the_same_as_for_an_answer_that_does_not_exist() {
        app.as("ada").chat("{\"message\":\"Hi\",\"model_name\":\"echo\"}");
        var bob = app.as("bob");

        assertThat(bob.get("/api/chat/stream/2")).isError(404, "Message not found");
        assertThat(bob.get("/api/chat/stream/77")).isError(404, "Message not found");
        assertThat(bob.post("/api/chat/stream/2/ticket", "{}")).isError(404, "Message not found");
        assertThat(bob.post("/api/chat/stream/77/ticket", "{}")).isError(404, "Message not found");
        assertThat(app.anonymous().get("/api/chat/stream/2")).isError(401, "API key is required");
    }

    @Test
    void a_question_is_no_answer() {
        var ada = app.as("ada");
        ada.chat("{\"message\":\"Hi\",\"model_name\":\"echo\"}");

        assertThat(ada.get("/api/chat/stream/1")).isError(404, "Message not found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "abc", "1.5", "1 2"})
    void a_place_that_is_none_is_refused(String lastEventId) {
        var ada = app.as("ada");
        ada.chat("{\"message\":\"Hi\",\"model_name\":\"echo\"}");

        var answer = ada.send(ada.request("/api/chat/stream/2").header("Last-Event-ID", lastEventId).build());

        assertThat(answer).isInvalid("header.Last-Event-ID");
    }

    @Test
    void a_ticket_opens_its_stream_to_a_browser_that_cannot_send_headers() {
        app.ollama().model("tiny", say("Hel", "lo"));
        var ada = app.as("ada");
        ada.chat(ASK);
        var ticket = ada.post("/api/chat/stream/2/ticket", "").json().path("ticket").asText();
        var browser = app.anonymous();

        try (var stream = browser.open(browser.request("/api/chat/stream/2?ticket=" + ticket).build())) {
            assertThat(text(stream.rest())).isEqualTo("Hello");
        }
        try (var stream = browser.open(browser.request("/api/chat/stream/2?last_event_id=3&ticket=" + ticket).build())) {
            assertThat(text(stream.rest())).isEqualTo("lo");
        }
    }

    @Test
    void a_ticket_is_for_one_stream_and_for_five_minutes() {
        var ada = app.as("ada");
        ada.chat("{\"message\":\"Hi\",\"model_name\":\"echo\"}");
        ada.chat("{\"message\":\"Hi\",\"model_name\":\"echo\"}");
        var ticket = ada.post("/api/chat/stream/2/ticket", "").json().path("ticket").asText();
        var browser = app.anonymous();

        assertThat(browser.get("/api/chat/stream/4?ticket=" + ticket)).isError(401, "Invalid ticket");
        assertThat(browser.get("/api/chat/stream/2?ticket=" + ticket.replaceAll(".$", "x"))).isError(401, "Invalid ticket");
        assertThat(browser.get("/api/config/get?ticket=" + ticket)).isError(401, "API key is required");
        app.clock().advance(Duration.ofMinutes(5));
        assertThat(browser.get("/api/chat/stream/2?ticket=" + ticket)).isError(401, "Invalid ticket");
    }

    private static long answerId(EventReader stream) {
        stream.next("conversation_created");
        return stream.next("message_created").json().path("answer_id").asLong();
    }

    private static EventReader resume(Client client, long id, String lastEventId) {
        return client.open(client.request("/api/chat/stream/" + id).header("Last-Event-ID", lastEventId).build());
    }

    private static Event last(List<Event> events) {
        return events.get(events.size() - 1);
    }

    private static String text(List<Event> events) {
        var text = new StringBuilder();
        events.stream().filter(event -> event.name().equals("token")).forEach(event -> text.append(event.content()));
        return text.toString();
    }
}
