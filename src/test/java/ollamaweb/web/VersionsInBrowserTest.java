package ollamaweb.web;

import static ollamaweb.testing.Script.hold;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import ollamaweb.testing.Gate;
import ollamaweb.testing.Script;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Questions written anew, answers given again, and the way between them. */
@Tag("browser")
class VersionsInBrowserTest {

    private static final String LAST = "ow-message:last-of-type ";

    @RegisterExtension
    static final TestApp app = new TestApp();

    @RegisterExtension
    final Visitors visitors = new Visitors(app);

    @Test
    void an_older_answer_stays_beside_the_newer_one() {
        only(say("Once."));
        var chat = ChatWindow.of(visitors.as("ada").open("/")).ask("Again?").awaitEnd();
        only(say("Twice."));
        chat.click(LAST + "[data-act=again]").awaitAnswerWith("Twice.").awaitEnd().sees(LAST + ".versions:has-text('2 / 2')");

        chat.click(LAST + "[data-act=older]").awaitAnswerWith("Once.").sees(LAST + ".versions:has-text('1 / 2')");
        chat.page().reload();

        chat.awaitAnswerWith("Once.").sees(LAST + ".versions:has-text('1 / 2')");
        chat.click(LAST + "[data-act=newer]").awaitAnswerWith("Twice.");
        assertThat(chat.messages()).isEqualTo(2);
    }

    @Test
    void a_question_is_written_anew_in_its_place_and_both_are_kept() {
        only(say("Red."));
        var bob = visitors.as("bob").open("/");
        var chat = ChatWindow.of(bob).ask("Which colour?").awaitEnd();
        only(say("Round."));
        chat.press("ArrowUp").sees("ow-edit-question textarea");
        bob.keepPictures("edit-question").assertAccessible();
        chat.page().fill("ow-edit-question textarea", "Which shape?");

        chat.press("Enter").awaitAnswerWith("Round.").awaitEnd().sees(".question .versions:has-text('2 / 2')");

        assertThat(chat.messages()).isEqualTo(2);
        bob.keepPictures("versions").assertAccessible();
        chat.click(".question [data-act=older]").awaitAnswerWith("Red.").seesText("Which colour?");
        chat.click(".question [data-act=newer]").awaitAnswerWith("Round.");
    }

    @Test
    void a_question_that_is_left_as_it_was_asks_nothing() {
        only(say("Yes."));
        var chat = ChatWindow.of(visitors.as("cleo").open("/")).ask("So?").awaitEnd();

        chat.press("ArrowUp").sees("ow-edit-question").press("Escape");
        chat.page().waitForSelector("ow-edit-question", new com.microsoft.playwright.Page.WaitForSelectorOptions()
                .setState(com.microsoft.playwright.options.WaitForSelectorState.DETACHED));

        assertThat(chat.messages()).isEqualTo(2);
    }

    @Test
    void an_answer_given_again_is_followed_through_a_reload() {
        var gate = new Gate();
        only(say("Old."));
        var chat = ChatWindow.of(visitors.as("dora").open("/")).ask("Again?").awaitEnd();
        only(say("New, ").then(hold(gate), say("whole.")));
        chat.click(LAST + "[data-act=again]").awaitAnswerWith("New,");

        chat.page().reload();
        chat.awaitAnswerWith("New,");
        gate.open();

        chat.awaitAnswerWith("New, whole.").awaitEnd();
        assertThat(chat.messages()).isEqualTo(2);
    }

    @Test
    void a_favorite_is_marked_and_a_new_conversation_begins_from_a_message() {
        only(say("Worth it."));
        var emil = visitors.as("emil").open("/");
        var chat = ChatWindow.of(emil).ask("Keep?").awaitEnd();
        var before = chat.page().url();
        chat.sees(LAST + "[data-act=more]").click(LAST + "[data-act=more]").sees("#message-menu:popover-open");
        emil.keepPictures("message-menu").assertAccessible();

        chat.click("#message-menu >> text=Add to favourites").sees(LAST + ".starred");
        chat.click(LAST + "[data-act=more]").click("#message-menu >> text=New conversation from here");

        chat.page().waitForFunction("before => location.href !== before && document.querySelectorAll('ow-message').length === 2", before);
    }

    @Test
    void favorites_are_found_again_and_lead_to_their_places() {
        only(say("The *first* answer."));
        var gina = visitors.as("gina").open("/");
        var chat = ChatWindow.of(gina).ask("Worth keeping?").awaitEnd();
        chat.click(LAST + "[data-act=more]").click("#message-menu >> text=Add to favourites").sees(LAST + ".starred");
        only(say("The second answer."));
        chat.click(LAST + "[data-act=again]").awaitAnswerWith("The second answer.").awaitEnd();

        gina.open("/favorites").page().waitForSelector(".favorite:has-text('The first answer.'):has-text('Worth keeping?')");
        gina.keepPictures("favorites").assertAccessible();
        chat.click(".favorite a").awaitAnswerWith("The first answer.").sees(LAST + ".versions:has-text('1 / 2')");

        gina.open("/favorites").page().click(".favorite button");
        chat.sees(".blank").click(".toast >> text=Undo").sees(".favorite");
    }

    @Test
    void a_message_is_deleted_with_all_after_it() {
        only(say("First."));
        var chat = ChatWindow.of(visitors.as("finn").open("/")).ask("One").awaitEnd();
        only(say("Second."));
        chat.ask("Two").awaitAnswerWith("Second.").awaitEnd();

        chat.click("ow-message:has-text('Second.') [data-act=more]").click("#message-menu >> text=Delete from here")
                .click("dialog .danger");

        chat.page().waitForFunction("() => document.querySelectorAll('ow-message').length === 3");
    }

    private static void only(Script script) {
        app.ollama().installed("m");
        app.ollama().model("m", script);
    }
}
