package ollamaweb.web;

import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.RequestOptions;
import java.util.Map;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A conversation of several people: invited by e-mail, reading along, writing, leaving. */
@Tag("browser")
class MembersInBrowserTest {

    @RegisterExtension
    static final TestApp app = new TestApp();

    @RegisterExtension
    final Visitors visitors = new Visitors(app);

    @Test
    void who_is_invited_reads_along_as_it_happens_and_writes_once_allowed() {
        app.ollama().model("m", say("A walnut loaf."));
        app.as("ada").patch("/api/v1/users/me", "{\"display_name\":\"Ada\"}");
        app.as("ada").post("/api/config/save", "{\"settings\":{\"default_model\":\"m\"}}");
        var ada = visitors.as("ada");
        var hers = ChatWindow.of(ada.open("/")).ask("What shall I bake?").awaitEnd();
        var bob = registered("bob@example.org", "Bob");

        open(hers).sees("ow-members dialog[open]").type("nobody@example.org").press("Enter")
                .seesText("No account here has this e-mail address.");
        ada.expects("404");
        hers.page().fill("ow-members [name=email]", "bob@example.org");
        hers.press("Enter").sees("ow-members .thing:has-text('Bob'):has-text('Reads')");
        ada.keepPictures("members").assertAccessible();

        var his = ChatWindow.of(bob.open("/")).sees("li.row .of-others").click("li.row a").seesText("You read along here.");
        his.sees(".question .author:has-text('Ada')").sees(".people");
        assertThat(his.page().locator("#question:visible, [data-act=edit], [data-act=again]").count()).isZero();
        bob.keepPictures("reader").assertAccessible();

        hers.page().selectOption("ow-members .thing select", "writer");
        hers.press("Escape").ask("And with rye?").awaitEnd();
        his.sees(".question:has-text('And with rye?')").sees("#question:visible").awaitEnd();
    }

    @Test
    void who_leaves_no_longer_has_the_conversation() {
        long id = app.as("cleo").startsConversation("m");
        var dan = registered("dan@example.org", "Dan");
        app.as("cleo").post("/api/conversations/" + id + "/members", "{\"email\":\"dan@example.org\",\"role\":\"writer\"}");
        var his = ChatWindow.of(dan.open("/c/" + id)).sees("header .people");

        his.click("header .people").sees("ow-members dialog[open]").click("ow-members button.danger").click("ow-confirm button.danger");

        his.seesText("You have left the conversation.").seesText("Your conversations will be here.");
        assertThat(app.as("cleo").get("/api/conversations/" + id + "/members").json().path("members")).hasSize(1);
    }

    private static ChatWindow open(ChatWindow chat) {
        return chat.click("header [popovertarget=chat-menu]").click("#chat-menu >> text=Members");
    }

    private Visitor registered(String email, String name) {
        var visitor = visitors.stranger();
        var answer = visitor.context().request().post(app.url() + "/api/v1/auth/session/register",
                RequestOptions.create().setData(Map.of("email", email, "password", "Correct horse 7 battery", "display_name", name)));
        assertThat(answer.status()).as(answer.text()).isLessThan(300);
        return visitor;
    }
}
