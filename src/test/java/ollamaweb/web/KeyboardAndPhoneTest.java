package ollamaweb.web;

import static ollamaweb.testing.Script.hold;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import java.util.List;
import ollamaweb.testing.Gate;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page without a mouse, on the smallest of phones, and in German. */
@Tag("browser")
class KeyboardAndPhoneTest {

    private static final String SMALL_TARGETS = """
            () => [...document.querySelectorAll('button, a[href], input, select, textarea')]
                .filter(each => each.checkVisibility() && !each.closest('.unseen, ow-markdown') && !each.matches('.skip, .unseen'))
                .map(each => ({each, at: (each.matches('[type=checkbox], [type=radio]') && each.closest('label') || each).getBoundingClientRect()}))
                .filter(({at}) => at.width > 0 && at.right > 0 && at.left < innerWidth && (at.height < 43.5 && at.width < 43.5 || at.height < 43.5))
                .map(({each, at}) => each.outerHTML.slice(0, 120) + ' ' + at.width + 'x' + at.height)""";

    @RegisterExtension
    static final TestApp app = new TestApp();

    @RegisterExtension
    final Visitors visitors = new Visitors(app);

    @Test
    void everything_can_be_done_by_keyboard_and_the_focus_is_never_lost() {
        var gate = new Gate();
        app.ollama().installed("one", "two");
        app.ollama().model("one", say("Wait ").then(hold(gate)));
        app.ollama().model("two", say("Two answers."));
        var ada = visitors.as("ada").open("/");
        var chat = ChatWindow.of(ada).sees(".suggestions");

        chat.press("Shift+Escape");
        assertThat(chat.focus()).isEqualTo("question");
        chat.type("Hello").press("Shift+Enter").type("you").press("Enter").awaitAnswerWith("Wait");
        chat.press("Escape").sees("[data-act=continue]");
        assertThat(chat.focus()).isEqualTo("question");
        gate.open();

        chat.press("Control+Shift+M").sees(".option").type("two").press("Enter");
        ada.page().waitForFunction("() => document.querySelector('.pill').innerText.includes('two')");
        assertThat(chat.focus()).isEqualTo("question");
        chat.press("ArrowUp").sees("ow-edit-question textarea");
        assertThat(ada.page().inputValue("ow-edit-question textarea")).isEqualTo("Hello\nyou");
        chat.type(" two").press("Enter").awaitAnswerWith("Two answers.").awaitEnd();
        assertThat(chat.focus()).isEqualTo("question");

        chat.press("Alt+ArrowUp", "Alt+ArrowUp");
        assertThat((String) ada.page().evaluate("() => document.activeElement.innerText")).contains("Hello");
        chat.press("?").sees("dialog[open]").press("Escape");
        ada.page().waitForFunction("() => document.activeElement.innerText.includes('Hello')");
        chat.press("Control+k").sees("dialog[open]").press("Escape", "Control+Shift+O").sees(".suggestions");
        ada.page().waitForFunction("() => document.activeElement.id === 'question'");
    }

    @Test
    void a_dialog_that_opens_while_another_one_closes_stays_open() {
        var eve = visitors.as("eve").open("/");
        var chat = ChatWindow.of(eve).press("Control+Shift+M").sees("ow-model-chooser dialog[open]");

        eve.page().evaluate("""
                () => {
                    document.querySelector('ow-model-chooser dialog').close();
                    document.dispatchEvent(new KeyboardEvent('keydown', {key: 'k', ctrlKey: true, bubbles: true, cancelable: true}));
                    return new Promise(done => requestAnimationFrame(() => setTimeout(done)));
                }""");

        assertThat(eve.page().locator("ow-search dialog[open]").count()).isEqualTo(1);
        chat.type("a").press("Escape");
        eve.page().waitForFunction("() => !document.querySelector('dialog')");
    }

    @Test
    void what_is_typed_after_a_dialog_goes_where_one_was() {
        var chat = ChatWindow.of(visitors.as("gwen").open("/")).press("Shift+Escape").type("one").press("ArrowLeft", "Control+k")
                .sees("dialog[open]").press("Escape");

        chat.type("!");

        assertThat(chat.page().inputValue("#question")).isEqualTo("on!e");
    }

    @Test
    void a_key_right_after_the_escape_that_closes_a_dialog_counts() {
        var finn = visitors.as("finn").open("/tasks");
        app.as("finn").post("/api/v1/tasks/", "{\"title\":\"Sow\"}");
        finn.open("/tasks").page().click("button.thing-text");
        finn.page().waitForSelector("ow-task dialog[open]");

        finn.page().evaluate("""
                () => {
                    const press = (where, key, more) => where.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true, ...more}));
                    press(document.querySelector('ow-task input'), 'Escape', {});
                    press(document, '?', {});
                }""");

        finn.page().waitForSelector("ow-shortcuts dialog[open]");
        finn.page().waitForFunction("() => !document.querySelector('ow-task')");
    }

    @Test
    void a_menu_is_walked_by_arrows_and_gives_the_focus_back() {
        var bob = visitors.as("bob");
        long id = app.as("bob").startsConversation("m");
        var chat = ChatWindow.of(bob.open("/c/" + id));
        bob.page().focus("header [popovertarget=chat-menu]");

        chat.press("Enter").sees("#chat-menu button");
        assertThat(chat.focus()).isEqualTo("Rename");
        chat.press("ArrowDown", "ArrowDown");
        assertThat(chat.focus()).isEqualTo("Pin");
        chat.press("End");
        assertThat(chat.focus()).isEqualTo("Delete");
        chat.press("Escape");
        assertThat(chat.focus()).isEqualTo("More");
    }

    @Test
    void an_open_menu_stays_at_its_button_when_the_window_changes_and_goes_with_it() {
        var dora = visitors.as("dora");
        long id = app.as("dora").startsConversation("m");
        var chat = ChatWindow.of(dora.open("/c/" + id)).click("header [popovertarget=chat-menu]").sees("#chat-menu:popover-open");

        dora.page().setViewportSize(900, 600);
        dora.page().waitForFunction("""
                () => Math.abs(document.querySelector('#chat-menu').getBoundingClientRect().right
                    - document.querySelector('header [popovertarget=chat-menu]').getBoundingClientRect().right) < 2""");
        chat.press("Escape").click("[popovertarget=me-menu]").sees("#me-menu:popover-open");
        dora.page().setViewportSize(500, 600);

        dora.page().waitForFunction("() => !document.querySelector(':popover-open')");
    }

    @Test
    void on_a_phone_everything_is_reachable_and_large_enough() {
        app.ollama().installed("m");
        app.ollama().model("m", say("A short answer with `code`."));
        var options = new Browser.NewContextOptions().setViewportSize(360, 640).setHasTouch(true).setIsMobile(true).setLocale("de-DE");
        var cleo = visitors.stranger(options).signInByKey(app.as("cleo").token()).open("/");
        var chat = ChatWindow.of(cleo).sees(".suggestions");
        assertLargeAndInside(chat);

        chat.page().fill("#question", "Passt das auf ein Telefon?");
        chat.page().tap("[data-act=send]");
        chat.awaitEnd();
        assertLargeAndInside(chat);

        chat.page().tap(".top [aria-label=Gespräche]");
        chat.sees(".side.open");
        assertLargeAndInside(chat);
        chat.page().tap("li.row a");
        chat.page().waitForFunction("() => !document.querySelector('.side.open')");
        for (var room : List.of("archive", "trash", "usage", "favorites", "settings", "tasks", "goals", "insights")) {
            cleo.open("/" + room).page().waitForSelector("h1");
            cleo.page().waitForSelector(".blank, section");
            assertLargeAndInside(chat);
        }
    }

    private static void assertLargeAndInside(ChatWindow chat) {
        assertThat(chat.page().evaluate("() => document.documentElement.scrollWidth <= innerWidth")).as("nothing sticks out")
                .isEqualTo(true);
        assertThat((List<?>) chat.page().evaluate(SMALL_TARGETS)).as("targets of 44 pixels").isEmpty();
    }
}
