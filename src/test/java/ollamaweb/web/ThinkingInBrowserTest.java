package ollamaweb.web;

import static ollamaweb.testing.Script.hold;
import static ollamaweb.testing.Script.say;
import static ollamaweb.testing.Script.thinking;
import static org.assertj.core.api.Assertions.assertThat;

import ollamaweb.testing.Gate;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a model thinks before it speaks, and how one says how it is to answer. */
@Tag("browser")
class ThinkingInBrowserTest {

    private static final String THOUGHT = "() => document.querySelector('details.think')?.textContent.includes('Let me see.')";

    @RegisterExtension
    static final TestApp app = new TestApp();

    @RegisterExtension
    final Visitors visitors = new Visitors(app);

    @Test
    void how_a_model_answers_is_said_for_a_conversation_and_holds_for_it() {
        app.ollama().installed("m");
        app.ollama().abilities("m", "completion", "thinking").model("m", say("Yes."));
        var ada = visitors.as("ada").open("/");
        var chat = ChatWindow.of(ada).sees(".suggestions").click("[aria-label='How it answers']").sees("dialog [name=think]");
        ada.keepPictures("options").assertAccessible();
        ada.page().selectOption("[name=think]", "true");
        ada.page().fill("[name=temperature]", "0.3");
        ada.page().fill("[name=num_ctx]", "4096");

        chat.press("Enter").sees("[aria-label='How it answers'].on").ask("Well?").awaitEnd();
        assertAskedAsChosen();
        chat.sees("[aria-label='How it answers'].on").ask("And now?").awaitEnd();
        assertAskedAsChosen();

        chat.click("ow-message:last-of-type [data-act=more]").click("#message-menu >> text=What the model was given");
        chat.sees("ow-context dt:text-is('num_ctx') + dd:text-is('4096')").sees("ow-context dt:text-is('think') + dd:text-is('true')");
        ada.keepPictures("context").assertAccessible();
        chat.press("Escape").click("[aria-label='New chat']").sees(".suggestions").sees("[aria-label='How it answers']:not(.on)");
    }

    @Test
    void what_a_model_thinks_is_folded_and_there_after_a_reload() {
        var gate = new Gate();
        app.ollama().installed("m");
        app.ollama().model("m", thinking("Let me ", "see.").then(hold(gate), say("It is 42.")));
        var bob = visitors.as("bob").open("/");
        var chat = ChatWindow.of(bob).ask("What is it?").sees("details.think:not([open])").sees(".phase");
        bob.keepPictures("thinking").assertAccessible();

        bob.page().reload();
        bob.page().waitForFunction(THOUGHT);
        gate.open();
        chat.awaitAnswerWith("It is 42.").awaitEnd();
        bob.page().reload();

        chat.awaitAnswerWith("It is 42.").click("details.think summary").seesText("Let me see.");
    }

    private static void assertAskedAsChosen() {
        var request = app.ollama().lastChat().body();
        assertThat(request.path("think").asBoolean()).isTrue();
        assertThat(request.path("options").path("temperature").asDouble()).isEqualTo(0.3);
        assertThat(request.path("options").path("num_ctx").asInt()).isEqualTo(4096);
    }
}
