package ollamaweb.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Prompts by the thousand, hostile ones, those of others, and on the smallest of phones. */
@Tag("browser")
class ManyPromptsInBrowserTest {

    private static final String IMG = "<img src=x onerror=\"window.broken=1\">";

    @RegisterExtension
    static final TestApp app = new TestApp();

    @RegisterExtension
    final Visitors visitors = new Visitors(app);

    @BeforeEach
    void model() {
        app.ollama().installed("m");
    }

    @Test
    void a_thousand_prompts_are_asked_for_only_when_wanted_and_found_by_name() {
        for (int i = 0; i < 1_000; i++) {
            keeps("gus", "Prompt %03d".formatted(i), "Content " + i, null);
        }
        var gus = visitors.as("gus").expects("409");
        var asked = new ArrayList<String>();
        gus.page().onRequest(request -> {
            if (request.url().contains("/api/prompts")) {
                asked.add(request.url());
            }
        });
        var chat = ChatWindow.of(gus.open("/")).sees(".suggestions");
        chat.page().waitForFunction("() => customElements.get('ow-prompt-chooser')");
        assertThat(asked).isEmpty();
        chat.click("[data-act=prompt]").sees(".option");
        assertThat(chat.page().locator(".option").count()).isEqualTo(100);
        chat.click("ow-prompt-chooser >> text=Show more").sees(".option.at:has-text('Prompt 100')");
        assertThat(asked).hasSize(2);

        chat.page().fill("ow-prompt-chooser input", "prompt 998");

        chat.page().waitForFunction("() => document.querySelectorAll('.option').length === 1");
        assertThat(asked).hasSize(10);
        var millis = chat.page().evaluate("""
                async () => {
                    const field = document.querySelector('ow-prompt-chooser input');
                    const start = performance.now();
                    field.value = 'prompt';
                    field.dispatchEvent(new Event('input', {bubbles: true}));
                    await document.querySelector('ow-prompt-chooser').updateComplete;
                    return performance.now() - start;
                }""");
        System.out.println("page: 1,000 prompts shown in " + millis + " ms");
        assertThat(chat.page().locator(".option").count()).isEqualTo(1_000);
        assertThat(((Number) millis).doubleValue()).isLessThan(2_000);

        chat.click("text=Manage prompts").sees("ow-prompts .thing").click("text=New prompt");
        chat.page().fill("ow-prompt [name=name]", "One more");
        chat.page().fill("ow-prompt [name=content]", "Text");
        chat.click("ow-prompt .go").sees("ow-prompt [role=alert]:has-text('An account can have at most 1,000 prompts.')");
    }

    @Test
    void the_longest_names_fit_the_smallest_phone() {
        keeps("lou", "W".repeat(200), "{{" + "V".repeat(300) + "}}", "W".repeat(50));
        var options = new Browser.NewContextOptions().setViewportSize(360, 640).setHasTouch(true).setIsMobile(true).setLocale("en-GB");
        var lou = visitors.stranger(options).signInByKey(app.as("lou").token()).open("/");
        var chat = ChatWindow.of(lou).sees(".suggestions");
        chat.page().tap("[data-act=prompt]");
        chat.sees(".option");
        assertFits(chat.page());
        chat.page().tap(".option");
        chat.sees("ow-variables textarea");
        assertFits(chat.page());
        lou.keepPicture("prompts-long-variables");
        lou.open("/settings/prompts");
        chat.sees("ow-prompts .thing");
        assertFits(chat.page());
        chat.page().tap("ow-prompts .thing button");
        chat.sees("ow-prompt .danger");
        chat.page().tap("ow-prompt .danger");
        chat.sees("ow-confirm .danger");
        assertFits(chat.page());
        lou.keepPicture("prompts-long-delete");
    }

    @Test
    void texts_of_prompts_do_nothing() {
        keeps("hal", IMG, IMG + " {{" + IMG + "}}", "<b>x</b>");
        var chat = ChatWindow.of(visitors.as("hal").open("/")).sees(".suggestions").click("[data-act=prompt]").sees(".option");
        assertHarmless(chat.page());
        chat.press("Enter").sees("ow-variables .label");
        assertHarmless(chat.page());
        chat.type(IMG).press("Enter");
        chat.page().waitForFunction("text => document.querySelector('#question').value === text", IMG + " " + IMG);
        assertHarmless(chat.page());
        chat.page().navigate(app.url() + "/settings/prompts");
        chat.page().click("ow-prompts .thing button");
        chat.page().waitForSelector("ow-prompt dialog[open]");
        assertHarmless(chat.page());
    }

    @Test
    void another_account_in_the_same_browser_sees_none_of_them() {
        keeps("ida", "Secret", "Secret", null);
        var ida = visitors.as("ida");
        var chat = ChatWindow.of(ida.open("/")).click("[data-act=prompt]").sees(".option").press("Escape");
        var token = app.as("jon").token();
        chat.page().evaluate("() => fetch('/api/v1/auth/session', {method: 'DELETE'})");
        ida.signInByKey(token);
        chat.page().evaluate("() => document.querySelector('ow-app').app.session.load()");

        chat.click("[data-act=prompt]").sees("text=You have no prompts yet");
        assertThat(chat.page().content()).doesNotContain("Secret");
    }

    @Test
    void on_a_german_phone_all_of_it_has_words_and_fits() {
        keeps("kim", "Übersetzer", "Übersetze ins {{Sprache}}.", "Eine recht lange Kategorie für das Telefon");
        var options = new Browser.NewContextOptions().setViewportSize(360, 640).setHasTouch(true).setIsMobile(true).setLocale("de-DE");
        var kim = visitors.stranger(options).signInByKey(app.as("kim").token()).open("/");
        var chat = ChatWindow.of(kim).sees(".suggestions");
        chat.page().tap("[data-act=prompt]");
        chat.sees("dialog >> text=Prompts verwalten").sees(".option");
        assertFits(chat.page());
        kim.keepPicture("prompts-german-insert");
        chat.page().tap(".option");
        chat.sees("ow-variables >> text=Was leer bleibt, hinterlässt nichts an seiner Stelle.");
        assertFits(chat.page());
        kim.keepPicture("prompts-german-variables");
        chat.page().fill("ow-variables textarea", "Dänische");
        chat.page().tap("ow-variables .go");
        chat.page().waitForFunction("() => document.querySelector('#question').value === 'Übersetze ins Dänische.'");
        kim.keepPicture("prompts-german-question");

        chat.page().tap("[aria-label=Anweisungen]");
        chat.sees("ow-instructions >> text=Als Prompt speichern");
        assertFits(chat.page());
        kim.keepPicture("prompts-german-instructions");
        kim.open("/settings/prompts");
        chat.page().tap("ow-prompts .thing button");
        chat.sees("ow-prompt >> text=Namen in doppelten Klammern wie {{Sprache}}");
        assertFits(chat.page());
        kim.keepPicture("prompts-german-edit");
        kim.assertAccessible();
    }

    private static void keeps(String name, String prompt, String content, String category) {
        new KeptPrompt(prompt, content, category).keptBy(app.as(name));
    }

    private static void assertHarmless(Page page) {
        assertThat(page.evaluate("() => window.broken ?? null")).isNull();
        assertThat(page.locator("ow-app img").count()).isZero();
        assertThat(page.locator("ow-app b b").count()).isZero();
    }

    private static void assertFits(Page page) {
        assertThat(page.evaluate("""
                () => [document.documentElement, ...document.querySelectorAll('dialog, .sheet-body, .options')]
                    .every(each => each.scrollWidth <= each.clientWidth)""")).as("nothing sticks out").isEqualTo(true);
        assertThat((List<?>) page.evaluate("""
                () => [...document.querySelectorAll('dialog :is(button, a, input, textarea), .ask button, .ask textarea')]
                    .filter(each => each.checkVisibility() && each.getBoundingClientRect().height < 43.5)
                    .map(each => each.outerHTML.slice(0, 120))""")).as("targets of 44 pixels").isEmpty();
    }
}
