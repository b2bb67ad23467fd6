package ollamaweb.web;

import static ollamaweb.testing.Script.errorLine;
import static ollamaweb.testing.Script.hold;
import static ollamaweb.testing.Script.say;
import static ollamaweb.testing.Script.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ollamaweb.testing.Gate;
import ollamaweb.testing.Script;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of answers while people reload, lose the line, stop, ask again, and look from elsewhere. */
@Tag("browser")
class ConversationInBrowserTest {

    private static final String OFFLINE = "ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to load resource";

    @RegisterExtension
    static final TestApp app = new TestApp();

    @RegisterExtension
    final Visitors visitors = new Visitors(app);

    @Test
    void an_answer_in_the_making_survives_a_reload() {
        var gate = new Gate();
        only(say("The first ", "half, ").then(hold(gate), say("and the second.")));
        var chat = ChatWindow.of(visitors.as("ada").open("/")).ask("Tell me").awaitAnswerWith("The first half,");

        chat.page().reload();
        chat.awaitAnswerWith("The first half,").sees(".growing");
        gate.open();

        chat.awaitEnd();
        assertThat(chat.lastAnswer()).isEqualTo("The first half, and the second.");
    }

    @Test
    void a_lost_line_costs_no_word() {
        only(tokens(120, 30));
        var bob = visitors.as("bob").expects(OFFLINE).open("/");
        var chat = ChatWindow.of(bob).ask("Count").awaitAnswerWith("t10 ");

        bob.context().setOffline(true);
        chat.sees(".offline");
        bob.keepPictures("offline");
        bob.context().setOffline(false);

        chat.awaitEnd();
        assertThat(chat.lastAnswer()).isEqualTo(IntStream.range(0, 120).mapToObj(i -> "t" + i).collect(Collectors.joining(" ")));
    }

    @Test
    void a_question_that_could_not_be_sent_is_not_lost() {
        only(say("Here."));
        var ada = visitors.as("ada").expects(OFFLINE).open("/");
        var chat = ChatWindow.of(ada).sees(".suggestions");
        ada.context().setOffline(true);

        chat.page().fill("#question", "Are you there?");
        chat.press("Enter").sees(".toast");

        assertThat(chat.page().inputValue("#question")).isEqualTo("Are you there?");
        ada.context().setOffline(false);
        chat.ask("Are you there?").awaitEnd();
    }

    @Test
    void a_stopped_answer_keeps_what_was_said_and_can_be_continued() {
        var gate = new Gate();
        app.ollama().installed("m");
        app.ollama().model("m",
                request -> request.path("messages").path(request.path("messages").size() - 1).path("role").asText().equals("assistant")
                        ? say(" And on it goes.")
                        : say("So far.").then(hold(gate), say(" Never said.")));
        var chat = ChatWindow.of(visitors.as("cleo").open("/")).ask("Go").awaitAnswerWith("So far.");

        chat.press("Escape").sees("[data-act=continue]");
        assertThat(chat.lastAnswer()).isEqualTo("So far.");
        chat.click("[data-act=continue]").awaitAnswerWith("goes.").awaitEnd();

        assertThat(chat.lastAnswer()).isEqualTo("So far. And on it goes.");
        gate.open();
    }

    @Test
    void an_answer_can_be_given_again() {
        only(say("Once."));
        var chat = ChatWindow.of(visitors.as("dora").open("/")).ask("Again?").awaitEnd();
        only(say("Twice."));

        chat.click("[data-act=again]").awaitAnswerWith("Twice.").awaitEnd();

        chat.page().waitForFunction("() => document.querySelectorAll('ow-message').length === 2");
    }

    @Test
    void an_answer_that_breaks_off_says_why_and_can_be_tried_again() {
        only(errorLine("the model ran out of <b>memory</b>"));
        var emil = visitors.as("emil").open("/");
        var chat = ChatWindow.of(emil).ask("Try").sees("[data-act=retry]").seesText("ran out of <b>memory</b>");
        emil.keepPictures("failed");
        only(say("Now it works."));

        chat.click("[data-act=retry]").awaitAnswerWith("Now it works.").awaitEnd();
    }

    @Test
    void two_tabs_show_the_same() {
        var gate = new Gate();
        only(say("Both ", "see ").then(hold(gate), say("this.")));
        var finn = visitors.as("finn").open("/");
        var one = ChatWindow.of(finn).ask("Look").awaitAnswerWith("Both see");
        var tab = finn.newTab();
        tab.navigate(one.page().url());
        var other = ChatWindow.of(tab).awaitAnswerWith("Both see");

        gate.open();
        one.awaitEnd();
        other.awaitEnd();
        assertThat(other.lastAnswer()).isEqualTo("Both see this.");

        only(say("And this."));
        one.ask("More").awaitEnd();
        other.awaitAnswerWith("And this.").awaitEnd();
        tab.click("header [popovertarget=chat-menu]");
        tab.click("#chat-menu >> text=Rename");
        tab.fill("dialog input", "A better title");
        tab.keyboard().press("Enter");
        one.page().waitForFunction("() => document.querySelector('h1').innerText === 'A better title'");
    }

    @Test
    void what_is_begun_stays_through_a_reload_in_each_conversation() {
        only(say("Yes."));
        var chat = ChatWindow.of(visitors.as("gina").open("/")).ask("First").awaitEnd();
        chat.page().fill("#question", "half a question");

        chat.page().reload();
        chat.sees(".user");

        assertThat(chat.page().inputValue("#question")).isEqualTo("half a question");
        chat.click("text=ollama-web").sees(".suggestions");
        assertThat(chat.page().inputValue("#question")).isEmpty();
    }

    @Test
    void the_view_follows_the_end_until_the_reader_scrolls_away() {
        only(tokens(900, 300));
        var hugo = visitors.as("hugo").open("/");
        var chat = ChatWindow.of(hugo);
        hugo.page().setViewportSize(900, 420);
        chat.ask("Much").awaitAnswerWith("t500 ");
        assertThat(fromEnd(chat)).isLessThan(40);

        chat.page().mouse().move(450, 150);
        chat.page().mouse().wheel(0, -300);
        chat.sees(".to-end").awaitEnd();
        assertThat(fromEnd(chat)).isGreaterThan(200);

        chat.click(".to-end");
        chat.page().waitForFunction(
                "() => { const s = document.querySelector('ow-message-list .scroll'); return s.scrollHeight - s.scrollTop - s.clientHeight < 8; }");
    }

    private static double fromEnd(ChatWindow chat) {
        return ((Number) chat.page().evaluate(
                """
                () => { const s = document.querySelector('ow-message-list .scroll'); return s.scrollHeight - s.scrollTop - s.clientHeight; }"""))
                .doubleValue();
    }

    /** From now on there is one model, which says this. */
    private static void only(Script script) {
        app.ollama().installed("m");
        app.ollama().model("m", script);
    }
}
