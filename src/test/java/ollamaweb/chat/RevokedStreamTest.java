package ollamaweb.chat;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.hold;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import okhttp3.Request;
import okhttp3.RequestBody;
import ollamaweb.testing.Await;
import ollamaweb.testing.Answer;
import ollamaweb.testing.Client;
import ollamaweb.testing.Event;
import ollamaweb.testing.EventReader;
import ollamaweb.testing.Gate;
import ollamaweb.testing.SignedInUser;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a credential opened ends with it; the answer itself goes on. */
@Timeout(60)
class RevokedStreamTest {

    private static final String ASK = "{\"message\":\"Hi\",\"model_name\":\"tiny\"}";
    private static final Event END =
            new Event(null, "error", "{\"error\":\"The key or session that opened this stream is no longer valid\"}");

    @RegisterExtension
    final TestApp app = new TestApp();

    private final Gate gate = new Gate();

    @BeforeEach
    void slowModel() {
        app.ollama().model("tiny", say("Hel").then(hold(gate), say("lo")));
    }

    @Test
    void revoking_a_key_ends_its_streams_and_tickets_and_no_others() {
        var ada = SignedInUser.registers(app, "ada").client();
        var made = ada.post("/api/v1/users/me/api-keys", "{\"name\":\"phone\"}").json().path("data");
        var phone = app.with(made.path("api_key").asText());
        try (var asking = phone.ask(ASK); var following = phone.follow(2); var desk = ada.follow(2)) {
            gate.awaitArrival();
            var phoneTicket = ticket(phone);
            var deskTicket = ticket(ada);
            try (var byTicket = openTicket(phoneTicket)) {
                readToken(asking, following, desk, byTicket);

                assertThat(ada.delete("/api/v1/users/me/api-keys/" + made.path("id"))).isOk();

                assertThat(asking.rest()).containsExactly(END);
                assertThat(following.rest()).containsExactly(END);
                assertThat(byTicket.rest()).containsExactly(END);
            }
            assertThat(follow(phoneTicket)).isError(401, "Invalid ticket");
            gate.open();
            assertThat(desk.rest()).extracting(Event::name).endsWith("done");
            assertThat(follow(deskTicket)).isOk();
        }
        assertThat(ada.messages(1).get(1).path("content").asText()).isEqualTo("Hello");
    }

    @Test
    void signing_out_ends_the_sessions_streams_and_tickets() {
        var ada = SignedInUser.registers(app, "ada");
        try (var stream = ada.client().ask(ASK)) {
            gate.awaitArrival();
            var ticket = ticket(ada.client());
            readToken(stream);

            assertThat(ada.client().post("/api/v1/auth/logout", "{}")).isOk();

            assertThat(stream.rest()).containsExactly(END);
            assertThat(follow(ticket)).isError(401, "Invalid ticket");
        }
        gate.open();
        assertThat(ada.signsInAgain().client().follow(2).rest()).extracting(Event::name).endsWith("done");
    }

    @Test
    void a_new_password_ends_the_streams_of_all_other_sessions() {
        var ada = SignedInUser.registers(app, "ada");
        var elsewhere = ada.signsInAgain();
        try (var own = ada.client().ask(ASK); var other = elsewhere.client().follow(2)) {
            gate.awaitArrival();
            var ticket = ticket(elsewhere.client());
            readToken(own, other);

            assertThat(ada.client().post("/api/v1/users/me/password",
                    "{\"current_password\":\"" + SignedInUser.PASSWORD + "\",\"new_password\":\"Another horse 2\"}")).isOk();

            assertThat(other.rest()).containsExactly(END);
            assertThat(follow(ticket)).isError(401, "Invalid ticket");
            gate.open();
            assertThat(own.rest()).extracting(Event::name).endsWith("done");
        }
    }

    @Test
    void what_a_session_opened_by_a_key_has_opened_ends_with_the_key_and_with_its_sign_out() {
        var ada = SignedInUser.registers(app, "ada").client();
        var made = ada.post("/api/v1/users/me/api-keys", "{\"name\":\"browser\"}").json().path("data");
        var signedOut = pageSession(made.path("api_key").asText());
        var revoked = pageSession(made.path("api_key").asText());
        ada.ask(ASK).close();
        gate.awaitArrival();
        try (var first = followAsPage(signedOut); var second = followAsPage(revoked)) {
            var firstTicket = ticketOfPage(signedOut);
            var secondTicket = ticketOfPage(revoked);
            readToken(first, second);

            assertThat(asPage(signedOut, "/api/v1/auth/session", "DELETE")).isOk();
            assertThat(first.rest()).containsExactly(END);
            assertThat(follow(firstTicket)).isError(401, "Invalid ticket");

            assertThat(ada.delete("/api/v1/users/me/api-keys/" + made.path("id"))).isOk();
            assertThat(second.rest()).containsExactly(END);
            assertThat(follow(secondTicket)).isError(401, "Invalid ticket");
        }
        gate.open();
    }

    @Test
    void a_refresh_token_used_twice_ends_the_streams_of_its_session() {
        var ada = SignedInUser.registers(app, "ada");
        try (var stream = ada.client().ask(ASK)) {
            gate.awaitArrival();
            readToken(stream);
            assertThat(ada.refreshes()).isOk();

            assertThat(ada.refreshes()).hasStatus(401);

            assertThat(stream.rest()).containsExactly(END);
        }
    }

    @Test
    void deleting_the_account_ends_all_its_streams() {
        var ada = SignedInUser.registers(app, "ada");
        try (var stream = ada.client().ask(ASK)) {
            gate.awaitArrival();
            readToken(stream);

            assertThat(ada.client().delete("/api/v1/users/me")).isOk();

            assertThat(stream.rest()).containsExactly(END);
        }
        app.ollama().awaitClientsGone(1);
    }

    @Test
    void a_ticket_lives_as_long_as_its_answer_streams_and_five_minutes_more() {
        var ada = app.as("ada");
        ada.ask(ASK).close();
        gate.awaitArrival();
        var ticket = ticket(ada);

        app.clock().advance(Duration.ofHours(2));
        try (var stream = openTicket(ticket)) {
            readToken(stream);
            gate.open();
            assertThat(stream.rest()).extracting(Event::name).endsWith("done");
        }
        app.clock().advance(Duration.ofMinutes(4));
        assertThat(follow(ticket)).isOk();
        app.clock().advance(Duration.ofMinutes(1));
        Await.await(() -> follow(ticket).status() == 401, () -> "the ticket is still good"); // the answer has only just been let go
        assertThat(follow(ticket)).isError(401, "Invalid ticket");
    }

    private static String ticket(Client client) {
        return client.post("/api/chat/stream/2/ticket", "").json().path("ticket").asText();
    }

    /** @return the cookie of a session that the key opened */
    private String pageSession(String apiKey) {
        return app.anonymous().post("/api/v1/auth/session", "{\"api_key\":\"" + apiKey + "\"}").headers().get("Set-Cookie").split(";")[0];
    }

    private EventReader followAsPage(String cookie) {
        return app.anonymous().open(pageRequest(cookie, "/api/chat/stream/2").build());
    }

    private String ticketOfPage(String cookie) {
        return asPage(cookie, "/api/chat/stream/2/ticket", "POST").json().path("ticket").asText();
    }

    private Answer asPage(String cookie, String path, String method) {
        var body = method.equals("POST") ? RequestBody.create(new byte[0]) : null;
        return app.anonymous().send(pageRequest(cookie, path).method(method, body).build());
    }

    private Request.Builder pageRequest(String cookie, String path) {
        return app.anonymous().request(path).header("Cookie", cookie).header("Sec-Fetch-Site", "same-origin");
    }

    private EventReader openTicket(String ticket) {
        var browser = app.anonymous();
        return browser.open(browser.request("/api/chat/stream/2?ticket=" + ticket).build());
    }

    /** @return what a browser gets that waits for the whole stream */
    private Answer follow(String ticket) {
        return app.anonymous().get("/api/chat/stream/2?ticket=" + ticket);
    }

    private static void readToken(EventReader... streams) {
        for (var stream : streams) {
            var event = stream.next();
            while (!event.name().equals("token")) {
                event = stream.next();
            }
            assertThat(event.content()).isEqualTo("Hel");
        }
    }
}
