package ollamaweb.web;

import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import ollamaweb.json.Json;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Prompts of one's own: chosen for instructions, put into questions, kept, changed and deleted. */
@Tag("browser")
class PromptsInBrowserTest {

    private static final String TRANSLATE = "Translate into {{ target language }}, in a {{Ton}} tone: {{target language}} only.";
    private static final String IMG = "<img src=x onerror=\"window.broken=1\">";
    private static final String CHOOSE = "ow-instructions >> text=Choose a prompt";

    @RegisterExtension
    static final TestApp app = new TestApp();

    @RegisterExtension
    final Visitors visitors = new Visitors(app);

    record Draft(String name, String content, String category) {}

    @BeforeEach
    void model() {
        app.ollama().installed("m");
        app.ollama().model("m", say("Yes."));
    }

    @Test
    void instructions_begin_with_a_prompt_whose_variables_are_asked_for_once_each() {
        keeps("ada", "Translator", TRANSLATE, "Languages");
        keeps("ada", "Reviewer", "Review what follows.", null);
        var ada = visitors.as("ada").open("/");
        var chat = ChatWindow.of(ada).sees(".suggestions");
        openInstructions(chat);
        chat.click(CHOOSE).sees("#prompt-list [role=group][aria-label=Templates] .option");
        assertThat(chat.page().locator("#prompt-list [role=group]").first().getAttribute("aria-label")).isEqualTo("My prompts");
        assertThat(chat.page().locator("#prompt-list [role=group]").first().locator(".option b").allInnerTexts())
                .containsExactly("Reviewer", "Translator");
        ada.keepPictures("prompts-choose").assertAccessible();

        chat.type("transl").press("Enter").sees("ow-variables [name=value-0]");
        assertThat(chat.page().locator("ow-variables .label").allInnerTexts()).containsExactly("target language", "Ton");
        ada.keepPictures("prompts-variables").assertAccessible();
        chat.type("Danish $& {{Ton}}").press("Enter");

        var instructions = chat.page().locator("ow-instructions textarea");
        chat.page().waitForFunction("() => document.querySelector('ow-instructions textarea').value !== ''");
        assertThat(instructions.inputValue()).isEqualTo(
                "Translate into Danish $& {{Ton}}, in a  tone: Danish $& {{Ton}} only.");
        ada.keepPictures("prompts-instructions").assertAccessible();
    }

    @Test
    void a_template_is_chosen_as_before_and_who_wants_none_keeps_the_text() {
        var chat = ChatWindow.of(visitors.as("tom").open("/")).sees(".suggestions");
        openInstructions(chat);
        chat.page().fill("ow-instructions textarea", "Mine.");
        chat.click(CHOOSE).sees("#prompt-list .option").press("Escape");
        assertThat(chat.page().inputValue("ow-instructions textarea")).isEqualTo("Mine.");

        chat.click(CHOOSE).sees("#prompt-list .option").press("ArrowDown", "Enter");

        var second = app.as("tom").get("/api/prompts/templates").json().path("templates").get(1).path("prompt").asText();
        chat.page().waitForFunction("text => document.querySelector('ow-instructions textarea').value === text", second);
    }

    @Test
    void a_prompt_that_is_longer_than_instructions_may_be_says_so() {
        keeps("lea", "Long", "x".repeat(4_005), null);
        var lea = visitors.as("lea").open("/");
        var chat = ChatWindow.of(lea).sees(".suggestions");
        openInstructions(chat);
        chat.click(CHOOSE).sees("#prompt-list >> text=Long").type("Long").press("Enter");
        chat.sees("ow-instructions .wrong:has-text('5 characters longer')");
        lea.keepPictures("prompts-too-long").assertAccessible();
        chat.click("ow-instructions >> text=Save >> nth=-1").sees("ow-instructions .wrong");

        chat.page().focus("ow-instructions textarea");
        chat.press("End", "Backspace", "Backspace", "Backspace", "Backspace", "Backspace").click("ow-instructions .go");

        chat.page().waitForFunction("() => !document.querySelector('ow-instructions')");
        chat.sees("[aria-label=Instructions][aria-pressed=true]");
    }

    @Test
    void what_stands_in_the_instructions_is_saved_as_a_prompt() {
        var bob = visitors.as("bob").open("/");
        var chat = ChatWindow.of(bob).sees(".suggestions");
        openInstructions(chat);
        chat.page().fill("ow-instructions textarea", "Answer in {{language}}.\nBe brief.");
        chat.click("text=Save as a prompt").sees("ow-prompt [name=name]");
        bob.keepPictures("prompts-save").assertAccessible();
        chat.page().fill("ow-prompt [name=name]", " Brief ");
        chat.page().fill("ow-prompt [name=category]", "Style");
        chat.press("Enter");

        chat.sees(".toast").page().waitForFunction("() => !document.querySelector('ow-prompt')");
        assertThat(prompts("bob")).containsExactly(new Draft("Brief", "Answer in {{language}}.\nBe brief.", "Style"));
        assertThat(chat.page().inputValue("ow-instructions textarea")).startsWith("Answer in {{language}}.");
    }

    @Test
    void a_prompt_is_made_changed_and_deleted_and_what_is_wrong_stands_at_its_field() {
        var cleo = visitors.as("cleo").expects("422");
        var page = cleo.open("/settings/prompts").page();
        page.click("ow-prompts >> text=New prompt");
        page.fill("ow-prompt [name=name]", "Letter");
        page.click("ow-prompt .go");
        page.waitForSelector("ow-prompt [name=content][aria-invalid=true]");
        cleo.keepPictures("prompts-wrong").assertAccessible();
        page.fill("ow-prompt [name=content]", "Write a letter to {{whom}}.");
        page.click("ow-prompt .go");
        page.waitForSelector("ow-prompts .thing:has-text('Letter')");

        page.click("ow-prompts .thing button");
        page.fill("ow-prompt [name=name]", "Kind letter");
        page.fill("ow-prompt [name=category]", "Letters");
        page.click("ow-prompt .go");
        page.waitForSelector("ow-prompts .thing:has-text('Kind letter'):has-text('Letters')");
        page.click("ow-prompts .thing button");
        page.fill("ow-prompt [name=category]", "");
        page.click("ow-prompt .go");
        page.waitForSelector("ow-prompts .thing:not(:has-text('Letters'))");
        assertThat(prompts("cleo")).containsExactly(new Draft("Kind letter", "Write a letter to {{whom}}.", null));
        keeps("cleo", "Another", "Text", "A category of one long word: " + "W".repeat(20));
        cleo.open("/settings/prompts").page().waitForSelector("ow-prompts .thing:has-text('Another')");
        page.evaluate("() => document.querySelector('#settings-prompts').scrollIntoView()");
        cleo.keepPictures("prompts-settings").assertAccessible();

        page.click("ow-prompts .thing:has-text('Kind letter') button");
        page.click("ow-prompt >> text=Delete");
        page.click("ow-confirm >> text=Delete >> nth=-1");

        page.waitForCondition(() -> page.locator("ow-prompts .thing").count() == 1);
        assertThat(prompts("cleo")).extracting(Draft::name).containsExactly("Another");
    }

    @Test
    void a_slash_in_the_empty_field_puts_a_prompt_in_by_keyboard_alone_and_sends_nothing() {
        keeps("dora", "Summary", "Sum up in {{count}} lines:\n", null);
        keeps("dora", "Other", "Other", null);
        var dora = visitors.as("dora").open("/");
        var chat = ChatWindow.of(dora).sees(".suggestions");
        chat.page().waitForFunction("() => customElements.get('ow-prompt-chooser')");
        chat.press("Shift+Escape").type("/").sees("ow-prompt-chooser .option");
        dora.keepPictures("prompts-insert").assertAccessible();

        chat.type("mary").sees(".option:has-text('Summary')").press("Enter").sees("ow-variables [name=value-0]").type("three")
                .press("Enter");

        chat.page().waitForFunction("() => document.querySelector('#question').value === 'Sum up in three lines:\\n'");
        assertThat(chat.focus()).isEqualTo("question");
        chat.type("and no more");
        assertThat(chat.page().inputValue("#question")).isEqualTo("Sum up in three lines:\nand no more");
        assertThat(chat.messages()).isZero();
    }

    @Test
    void who_meant_a_slash_goes_on_with_it() {
        var chat = ChatWindow.of(visitors.as("sam").open("/")).sees(".suggestions");
        chat.page().waitForFunction("() => customElements.get('ow-prompt-chooser')");
        chat.press("Shift+Escape").type("/").sees("ow-prompt-chooser >> text=You have no prompts yet").press("Escape");

        chat.page().waitForFunction("() => document.activeElement.id === 'question'");
        chat.type("etc/hosts");
        assertThat(chat.page().inputValue("#question")).isEqualTo("/etc/hosts");
    }

    @Test
    void the_button_puts_a_prompt_in_at_the_caret() {
        keeps("eve", "Middle", "in the middle", null);
        long id = app.as("eve").startsConversation("m");
        var chat = ChatWindow.of(visitors.as("eve").open("/c/" + id));
        chat.page().fill("#question", "Before  after");
        chat.page().evaluate("() => document.querySelector('#question').setSelectionRange(7, 7)");

        chat.click("[data-act=prompt]").click(".option:has-text('Middle')");

        chat.page().waitForFunction("() => document.querySelector('#question').value === 'Before in the middle after'");
        assertThat(chat.page().evaluate("() => document.querySelector('#question').selectionStart")).isEqualTo(20);
        assertThat(chat.messages()).isZero();
    }

    @Test
    void from_the_list_one_goes_where_prompts_are_looked_after() {
        keeps("fay", "W".repeat(200), "Text", "W".repeat(50));
        var chat = ChatWindow.of(visitors.as("fay").open("/")).click("[data-act=prompt]").click("text=Manage prompts");

        chat.page().waitForFunction("() => document.activeElement.id === 'settings-prompts'");
        chat.sees("ow-prompts .thing");
        assertThat(chat.page().evaluate("() => document.querySelector('.app').scrollTop")).as("nothing but the room scrolls").isEqualTo(0);
        assertThat(chat.page().locator("dialog").count()).isZero();
    }

    @Test
    void a_thousand_prompts_are_asked_for_only_when_wanted_and_found_by_name() {
        for (int i = 0; i < 1_000; i++) {
            keeps("gus", "Prompt %03d".formatted(i), "Content " + i, null);
        }
        var gus = visitors.as("gus");
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

    private static void openInstructions(ChatWindow chat) {
        chat.click("[aria-label=Instructions]").sees("ow-instructions textarea");
    }

    private static void keeps(String name, String prompt, String content, String category) {
        assertThat(app.as(name).post("/api/prompts", Json.write(new Draft(prompt, content, category))).status()).isEqualTo(201);
    }

    private static List<Draft> prompts(String name) {
        var kept = new ArrayList<Draft>();
        app.as(name).get("/api/prompts").json().path("prompts").forEach(each -> kept.add(new Draft(each.path("name").asText(),
                each.path("content").asText(), each.path("category").isNull() ? null : each.path("category").asText())));
        return kept;
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
