package ollamaweb.events;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Await.await;
import static ollamaweb.testing.TaskClient.data;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import ollamaweb.testing.Client;
import ollamaweb.testing.EventReader;
import ollamaweb.testing.Rows;
import ollamaweb.testing.TaskClient;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The streams by which clients are told what happens in an account. */
class EventStreamTest {

    @RegisterExtension
    static final TestApp app = new TestApp();

    private static int people;

    private Client ada;

    @BeforeEach
    void ada_signs_in() {
        ada = app.as("ada" + ++people);
    }

    @Test
    void a_silent_stream_pings_and_is_no_answer_that_is_kept() {
        try (var events = events(ada)) {
            assertThat(events.status()).isEqualTo(200);
            assertThat(events.header("Content-Type")).startsWith("text/event-stream");
            assertThat(events.header("Cache-Control")).isEqualTo("no-store");
            events.nextPing();
            events.nextPing();
        }
    }

    @Test
    void it_ends_with_the_key_that_opened_it() {
        var made = data(ada.post("/api/v1/users/me/api-keys", "{\"name\":\"phone\"}"));
        try (var events = events(app.with(made.path("api_key").asText()))) {
            events.nextPing();

            assertThat(ada.delete("/api/v1/users/me/api-keys/" + made.path("id").asLong())).isOk();

            assertThat(events.next("error").json().path("error").asText()).contains("no longer valid");
            assertThat(events.next()).isNull();
        }
    }

    @Test
    void an_account_has_twenty_at_most_and_those_that_left_do_not_count() {
        var open = new ArrayList<EventReader>();
        for (int i = 0; i < 20; i++) {
            open.add(events(ada));
            assertThat(open.get(i).status()).isEqualTo(200);
        }
        assertThat(ada.get("/api/v1/events")).isError(429, "At most 20 event streams can be open");
        try (var bobs = events(app.as("bob" + people))) {
            assertThat(bobs.status()).isEqualTo(200);
        }

        open.forEach(EventReader::close);

        await(() -> {
            try (var again = events(ada)) {
                return again.status() == 200;
            }
        }, () -> "those that left are counted");
    }

    @Test
    void a_place_that_is_no_number_is_refused() {
        assertThat(ada.get("/api/v1/events?last_event_id=x")).isInvalid("header.Last-Event-ID");
        assertThat(ada.send(ada.request("/api/v1/events").header("Last-Event-ID", "-1").get().build())).isInvalid("header.Last-Event-ID");
    }

    @Test
    void events_are_forgotten_after_a_week() throws Exception {
        try (var server = TestApp.started()) {
            var person = server.as("ada");
            var planner = new TaskClient(person);
            long id = planner.hasTask("{'title':'Call Bob'}");
            planner.tries("POST", "/api/v1/tasks/" + id + "/reminders", "{'remind_at':'%s'}".formatted(server.clock().instant()));
            await(() -> Rows.one(server.database(), "SELECT name FROM account_events") != null, () -> "no event");
            server.clock().advance(Duration.ofDays(8));

            server.restart();

            await(() -> Rows.one(server.database(), "SELECT name FROM account_events") == null, () -> "the event is still there");
        }
    }

    private static EventReader events(Client client) {
        return client.open(client.request("/api/v1/events").get().build());
    }
}
