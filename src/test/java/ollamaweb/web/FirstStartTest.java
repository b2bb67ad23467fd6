package ollamaweb.web;

import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.time.Duration;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** From nothing to the first answer, out, and in again. */
@Tag("browser")
class FirstStartTest {

    private static final String PASSWORD = "Correct horse 1";

    @RegisterExtension
    final TestApp app = new TestApp();

    @RegisterExtension
    final Visitors visitors = new Visitors(app);

    @Test
    void a_newcomer_gets_from_nothing_to_the_first_answer() {
        app.ollama().installed("llama3.2:1b");
        var ada = visitors.stranger().open("/");
        ada.page().waitForSelector("text=You are the first here");
        register(ada.page(), "Ada Lovelace", "ada@example.org");

        var chat = ChatWindow.of(ada).ask("Who are you?").awaitEnd();

        assertThat(chat.lastAnswer()).isEqualTo("Hello! How can I help you today?");
        assertThat(ada.page().url()).isEqualTo(app.url() + "/c/1");
        assertThat(ada.page().title()).startsWith("Who are you?");
    }

    @Test
    void who_wants_no_account_gets_a_key_once_and_is_in() {
        var ada = visitors.stranger().expects("401").open("/");
        ada.page().click("text=Just give me a key");
        var key = ada.page().innerText(".command.key code");
        ada.page().click("text=I have kept it");

        ChatWindow.of(ada);
        assertThat(key).startsWith("owg_");
        assertThat(app.with(key).get("/api/config/get").status()).isEqualTo(200);
    }

    @Test
    void without_ollama_the_page_says_what_to_start_and_goes_on_by_itself() {
        app.ollama().close();
        var ada = visitors.as("ada").expects("503").open("/");
        var chat = ChatWindow.of(ada).seesText("Ollama does not answer").seesText("ollama serve").seesText("ollama pull llama3.2:1b");
        ada.keepPictures("ollama-away");

        app.ollama().restart();
        app.clock().advance(Duration.ofSeconds(10));

        chat.sees(".suggestions").ask("Are you back?").awaitEnd();
    }

    @Test
    void ollama_without_a_model_is_told_how_to_get_one() {
        app.ollama().installed();
        var ada = visitors.as("ada").open("/");

        ChatWindow.of(ada).seesText("No model yet").seesText("ollama pull llama3.2:1b");
        ada.keepPictures("no-model");
        app.ollama().installed("llama3.2:1b");
        ChatWindow.of(ada).sees(".suggestions");
    }

    @Test
    void signing_out_forgets_everything_and_signing_in_brings_it_back() {
        var ada = visitors.stranger().expects("401").open("/");
        register(ada.page(), "Ada", "ada@example.org");
        ChatWindow.of(ada).ask("My secret garden").awaitEnd();

        signOut(ada.page());

        assertThat(ada.page().content()).doesNotContain("secret garden");
        assertThat(ada.page().evaluate("() => sessionStorage.length")).isEqualTo(0);
        ada.page().fill("[name=email]", "ada@example.org");
        ada.page().fill("[name=password]", "Wrong horse 1");
        ada.page().keyboard().press("Enter");
        ada.page().waitForSelector("[role=alert]");
        ada.page().fill("[name=password]", PASSWORD);
        ada.page().keyboard().press("Enter");
        ChatWindow.of(ada).click("text=My secret garden").sees(".user");
    }

    @Test
    void the_next_person_at_the_browser_sees_nothing_of_the_last() {
        app.ollama().model("echo", request -> say("I keep it to myself."));
        var browser = visitors.stranger().expects("404").open("/");
        register(browser.page(), "Ada", "ada@example.org");
        ChatWindow.of(browser).ask("My secret garden").awaitEnd();
        signOut(browser.page());

        browser.page().click("text=Make a new account");
        register(browser.page(), "Bob", "bob@example.org");

        ChatWindow.of(browser).seesText("Your conversations will be here.");
        browser.open("/c/1");
        browser.page().waitForSelector("text=There is no such conversation");
        assertThat(browser.page().content()).doesNotContain("secret garden");
    }

    @Test
    void a_field_that_is_wrong_says_so_and_has_the_focus() {
        var ada = visitors.stranger().expects("422").open("/");
        register(ada.page(), "Ada", "ada@example.org", "short");

        ada.page().waitForSelector("[name=password][aria-invalid=true]");
        assertThat(ada.page().evaluate("() => document.activeElement.name")).isEqualTo("password");
        ada.keepPictures("first-start-wrong");
    }

    @Test
    void what_the_server_says_of_a_field_is_told_in_the_readers_language() {
        var berta = visitors.stranger(new Browser.NewContextOptions().setLocale("de-DE")).expects("422").open("/");
        berta.page().waitForSelector("[name=email]");
        berta.page().fill("[name=display_name]", "Berta");
        berta.page().fill("[name=email]", "berta@example.org");
        berta.page().fill("[name=password]", "Zahlenlos");
        berta.page().click("button.go");

        berta.page().waitForSelector(".wrong:has-text('Es muss eine Ziffer enthalten sein.')");
    }

    private static void register(Page page, String name, String email) {
        register(page, name, email, PASSWORD);
    }

    private static void register(Page page, String name, String email, String password) {
        page.fill("[name=display_name]", name);
        page.fill("[name=email]", email);
        page.fill("[name=password]", password);
        page.click("text=Make my account");
    }

    private static void signOut(Page page) {
        page.click(".me-button");
        page.click("text=Sign out");
        page.waitForSelector("[name=email]");
    }
}
