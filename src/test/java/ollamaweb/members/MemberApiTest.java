package ollamaweb.members;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.hold;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.UUID;
import ollamaweb.testing.Event;
import ollamaweb.testing.Gate;
import ollamaweb.testing.SignedInUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is in a conversation of several people, and as what. */
@Timeout(60)
class MemberApiTest extends ConversationOfThree {

    @Test
    void a_member_finds_the_conversation_in_the_own_list_with_the_own_role() {
        assertThat(listed(ada).path("role").asText()).isEqualTo("owner");
        assertThat(listed(wanda).path("role").asText()).isEqualTo("writer");
        assertThat(listed(rita).path("role").asText()).isEqualTo("reader");
        assertThat(listed(app.as("bob"))).isNull();
        assertThat(rita.get(path("")).json().path("role").asText()).isEqualTo("reader");
        assertThat(rita.get(path("")).json().path("user_id").asLong()).isEqualTo(id(ada));
    }

    @Test
    void all_who_see_a_conversation_see_who_else_does() {
        var members = rita.get(path("/members")).json().path("members");

        assertThat(members.findValuesAsText("role")).containsExactly("owner", "writer", "reader");
        assertThat(members.findValuesAsText("user_id")).containsExactly(text(id(ada)), text(id(wanda)), text(id(rita)));
    }

    @Test
    void somebody_is_invited_by_an_address_whatever_its_case() {
        var name = "m" + UUID.randomUUID().toString().substring(0, 8);
        var newcomer = SignedInUser.registers(app, name);
        var email = newcomer.client().get("/api/v1/users/me").json().at("/data/email").asText();

        var added = ada.post(path("/members"), "{\"email\":\"" + email.toUpperCase(Locale.ROOT) + "\",\"role\":\"reader\"}");

        assertThat(added).hasStatus(201);
        assertThat(newcomer.client().get(path(""))).isOk();
        assertThat(ada.post(path("/members"), "{\"email\":\"nobody@example.org\",\"role\":\"reader\"}")).isError(404, "User not found");
        assertThat(ada.post(path("/members"), "{\"user_id\":999999,\"role\":\"reader\"}")).isError(404, "User not found");
    }

    @Test
    void whoever_is_in_it_cannot_be_invited_again() {
        assertThat(ada.post(path("/members"), "{\"user_id\":" + id(rita) + ",\"role\":\"writer\"}"))
                .isError(409, "This user is a member already");
        assertThat(ada.post(path("/members"), "{\"user_id\":" + id(ada) + ",\"role\":\"writer\"}"))
                .isError(409, "The owner of a conversation cannot be a member of it");
    }

    @Test
    void an_invitation_says_whom_and_as_what() {
        assertThat(ada.post(path("/members"), "{\"role\":\"reader\"}")).hasStatus(422);
        assertThat(ada.post(path("/members"), "{\"user_id\":1,\"email\":\"a@example.org\",\"role\":\"reader\"}")).hasStatus(422);
        assertThat(ada.post(path("/members"), "{\"user_id\":" + id(app.as("bob")) + ",\"role\":\"owner\"}")).hasStatus(422);
        assertThat(ada.patch(path("/members/" + id(rita)), "{}")).hasStatus(422);
    }

    @Test
    void a_role_can_change() {
        assertThat(ada.patch(path("/members/" + id(rita)), "{\"role\":\"writer\"}")).isOk();

        assertThat(ask(rita, conversation, "Hi").path("content").asText()).isEqualTo("Hello");
    }

    @Test
    void a_member_may_leave_and_be_invited_again() {
        assertThat(rita.delete(path("/members/" + id(rita)))).isOk();

        assertThat(rita.get(path(""))).isError(404, "Conversation not found");
        assertThat(listed(rita)).isNull();
        join(rita, "reader");
        assertThat(rita.get(path(""))).isOk();
    }

    @Test
    void the_trash_hides_a_conversation_from_its_members_and_restoring_shows_it() {
        assertThat(ada.post(path("/trash"), "")).isOk();

        assertThat(wanda.get(path(""))).hasStatus(404);
        assertThat(listed(wanda)).isNull();
        assertThat(wanda.get("/api/trash").json().path("conversations").findValuesAsText("id")).doesNotContain(text(conversation));
        assertThat(ada.post("/api/trash/" + conversation + "/restore", "")).isOk();
        assertThat(wanda.get(path(""))).isOk();
    }

    @Test
    void a_deleted_account_is_a_member_of_nothing_and_its_conversations_have_no_readers() {
        var newcomer = SignedInUser.registers(app, "m" + UUID.randomUUID().toString().substring(0, 8)).client();
        long theirs = ask(newcomer, null, "Mine").path("conversation_id").asLong();
        assertThat(newcomer.post("/api/conversations/" + theirs + "/members", "{\"user_id\":" + id(rita) + ",\"role\":\"reader\"}"))
                .hasStatus(201);
        join(newcomer, "reader");
        long gone = id(newcomer);

        assertThat(newcomer.delete("/api/v1/users/me")).isOk();

        assertThat(rita.get("/api/conversations/" + theirs)).hasStatus(404);
        assertThat(ada.get(path("/members")).json().path("members").findValuesAsText("user_id")).doesNotContain(text(gone));
    }

    @Test
    void removing_a_member_ends_the_members_streams_and_tickets_and_nobody_elses() {
        var gate = new Gate();
        app.ollama().model("slow", say("Hel").then(hold(gate), say("lo")));
        try (var asking = wanda.ask("{\"conversation_id\":" + conversation + ",\"message\":\"Hi\",\"model_name\":\"slow\"}")) {
            gate.awaitArrival();
            long answer = ada.messages(conversation).get(3).path("id").asLong();
            var ticket = wanda.post("/api/chat/stream/" + answer + "/ticket", "").json().path("ticket").asText();
            try (var following = rita.follow(answer)) {
                assertThat(ada.delete(path("/members/" + id(wanda)))).isOk();

                assertThat(asking.rest()).endsWith(
                        new Event(null, "error", "{\"error\":\"You are no longer a member of this conversation\"}"));
                assertThat(app.anonymous().get("/api/chat/stream/" + answer + "?ticket=" + ticket)).isError(404, "Message not found");
                assertThat(wanda.post("/api/chat/" + answer + "/stop", "")).hasStatus(404);
                gate.open();
                assertThat(following.rest()).extracting(Event::name).endsWith("done");
            }
        }
        assertThat(ada.messages(conversation).get(3).path("content").asText()).isEqualTo("Hello");
    }
}
