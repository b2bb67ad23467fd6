package ollamaweb.members;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Await.await;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import ollamaweb.testing.Client;
import ollamaweb.testing.Event;
import ollamaweb.testing.EventReader;
import ollamaweb.testing.Rows;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What those are told who follow a conversation. */
@Timeout(60)
class ConversationEventsTest {

    @RegisterExtension
    static final TestApp app = new TestApp();

    private static int people;

    private Client ada;
    private Client rita;
    private long conversation;

    @BeforeEach
    void conversationOfTwo() {
        app.ollama().model("tiny", say("Hello"));
        ada = app.as("ada" + ++people);
        rita = app.as("rita" + people);
        conversation = ada.startsConversation("tiny");
        join(rita, "reader");
    }

    @Test
    void a_member_is_told_of_a_question_its_answer_and_the_end_of_that() {
        try (var events = follow(rita)) {
            var said = ask();

            assertThat(events.next("message_created").data()).isEqualTo(
                    "{\"conversation_id\":%d,\"message_id\":%d,\"role\":\"user\"}".formatted(conversation, said - 1));
            assertThat(events.next("conversation_updated").data()).isEqualTo("{\"conversation_id\":" + conversation + "}");
            assertThat(events.next("answer_started").data())
                    .isEqualTo("{\"conversation_id\":%d,\"answer_id\":%d}".formatted(conversation, said));
            assertThat(events.next("message_updated").data())
                    .isEqualTo("{\"conversation_id\":%d,\"message_id\":%d}".formatted(conversation, said));
        }
    }

    @Test
    void everybody_is_told_of_reactions_deletions_and_another_title() {
        long answer = ask();
        try (var events = follow(rita)) {
            assertThat(ada.put("/api/messages/" + answer + "/reaction", "{\"reaction\":\"👍\"}")).isOk();
            assertThat(events.next("message_updated").json().path("message_id").asLong()).isEqualTo(answer);
            assertThat(ada.put(path(""), "{\"pinned\":true}")).isOk();
            assertThat(ada.put(path(""), "{\"title\":\"Bread\"}")).isOk();
            events.next("conversation_updated");
            assertThat(ada.delete("/api/messages/" + answer)).isOk();
            assertThat(events.next("message_updated").json().path("deleted").asBoolean()).isTrue();
        }
    }

    @Test
    void everybody_is_told_who_comes_and_goes() {
        var bob = app.as("bob" + people);
        try (var events = follow(ada)) {
            join(bob, "reader");
            assertThat(ada.patch(path("/members/" + id(bob)), "{\"role\":\"writer\"}")).isOk();
            assertThat(bob.delete(path("/members/" + id(bob)))).isOk();

            assertThat(events.next("member_joined").json().path("role").asText()).isEqualTo("reader");
            assertThat(events.next("member_joined").json().path("role").asText()).isEqualTo("writer");
            assertThat(events.next("member_left").data())
                    .isEqualTo("{\"conversation_id\":%d,\"user_id\":%d}".formatted(conversation, id(bob)));
        }
    }

    @Test
    void a_client_that_comes_back_goes_on_where_it_was() {
        String reached;
        try (var events = follow(rita)) {
            ask();
            reached = events.next("message_created").id();
        }
        ask();

        try (var events = follow(rita, reached)) {
            events.next("conversation_updated");
            events.next("answer_started");
            events.next("message_updated");
            events.next("message_created");
            events.next("answer_started");
            events.next("message_updated");
        }
        try (var anew = follow(rita)) {
            anew.nextPing();
        }
    }

    @Test
    void who_was_away_for_longer_than_events_are_kept_is_told_to_read_the_conversation_anew() {
        follow(rita).close();
        assertThat(ada.put(path(""), "{\"title\":\"Bread\"}")).isOk();
        assertThat(ada.put(path(""), "{\"title\":\"Cake\"}")).isOk();
        Rows.change(app.database(), "DELETE FROM conversation_events WHERE conversation_id = " + conversation);

        try (var events = follow(rita, "0")) {
            var missed = events.next("conversation_updated");
            assertThat(missed.id()).isEqualTo("2");
            assertThat(ada.put(path(""), "{\"title\":\"Pie\"}")).isOk();
            assertThat(events.next("conversation_updated").id()).isEqualTo("3");
        }
    }

    @Test
    void removing_a_member_ends_its_stream_at_once() {
        try (var events = follow(rita); var owners = follow(ada)) {
            events.nextPing();

            assertThat(ada.delete(path("/members/" + id(rita)))).isOk();

            assertThat(events.rest()).endsWith(
                    new Event(null, "error", "{\"error\":\"You are no longer a member of this conversation\"}"));
            owners.next("member_left");
        }
        assertThat(rita.get(path("/events"))).hasStatus(404);
    }

    @Test
    void the_trash_ends_all_streams() {
        try (var events = follow(rita)) {
            events.nextPing();

            assertThat(ada.post(path("/trash"), "")).isOk();

            assertThat(events.rest()).isEmpty();
        }
    }

    @Test
    void an_account_follows_at_most_twenty_at_once() {
        var open = new ArrayList<EventReader>();
        for (int i = 0; i < 20; i++) {
            open.add(follow(rita));
            assertThat(open.get(i).status()).isEqualTo(200);
        }

        assertThat(rita.get(path("/events"))).isError(429, "At most 20 event streams can be open");

        open.forEach(EventReader::close);
        await(() -> {
            try (var again = follow(rita)) {
                return again.status() == 200;
            }
        }, () -> "those that left are counted");
    }

    @Test
    void nothing_is_noted_of_a_conversation_that_nobody_has_followed() {
        ask();

        assertThat(Rows.one(app.database(), "SELECT 1 FROM conversation_events WHERE conversation_id = " + conversation)).isNull();
    }

    @Test
    void a_place_that_is_no_number_is_refused() {
        assertThat(rita.get(path("/events?last_event_id=x"))).isInvalid("header.Last-Event-ID");
    }

    /** @return the id of the answer */
    private long ask() {
        var answer = ada.post("/api/chat/stream",
                "{\"conversation_id\":" + conversation + ",\"message\":\"Why does bread rise?\",\"stream\":false}");
        assertThat(answer).isOk();
        return answer.json().path("message_id").asLong();
    }

    private void join(Client member, String role) {
        assertThat(ada.post(path("/members"), "{\"user_id\":" + id(member) + ",\"role\":\"" + role + "\"}")).hasStatus(201);
    }

    private EventReader follow(Client client) {
        return client.open(client.request(path("/events")).get().build());
    }

    private EventReader follow(Client client, String reached) {
        return client.open(client.request(path("/events")).header("Last-Event-ID", reached).get().build());
    }

    private String path(String more) {
        return "/api/conversations/" + conversation + more;
    }

    private static long id(Client client) {
        return client.get("/api/config/get").json().path("user_id").asLong();
    }
}
