package ollamaweb.web;

import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Prompts of one's own: chosen for instructions, put into questions, kept, changed and deleted. */
@Tag("browser")
class PromptsInBrowserTest {

    private static final String TRANSLATE = "Translate into {{ target language }}, in a {{Ton}} tone: {{target language}} only.";
    private static final String CHOOSE = "ow-instructions >> text=Choose a prompt";

    @RegisterExtension
    static final TestApp app = new TestApp();

    @RegisterExtension
    final Visitors visitors = new Visitors(app);

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
        assertThat(prompts("bob")).containsExactly(new KeptPrompt("Brief", "Answer in {{language}}.\nBe brief.", "Style"));
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
        assertThat(prompts("cleo")).containsExactly(new KeptPrompt("Kind letter", "Write a letter to {{whom}}.", null));
        keeps("cleo", "Another", "Text", "A category of one long word: " + "W".repeat(20));
        cleo.open("/settings/prompts").page().waitForSelector("ow-prompts .thing:has-text('Another')");
        page.evaluate("() => document.querySelector('#settings-prompts').scrollIntoView()");
        cleo.keepPictures("prompts-settings").assertAccessible();

        page.click("ow-prompts .thing:has-text('Kind letter') button");
        page.click("ow-prompt >> text=Delete");
        page.click("ow-confirm >> text=Delete >> nth=-1");

        page.waitForCondition(() -> page.locator("ow-prompts .thing").count() == 1);
        assertThat(prompts("cleo")).extracting(KeptPrompt::name).containsExactly("Another");
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
        chat.page().evaluate("() => document.querySelector('#settings-prompts').scrollIntoView()");
        assertThat(chat.page().evaluate("() => document.querySelector('.app').scrollTop")).as("nothing but the room scrolls").isEqualTo(0);
        assertThat(chat.page().locator("dialog").count()).isZero();
    }

    private static void openInstructions(ChatWindow chat) {
        chat.click("[aria-label=Instructions]").sees("ow-instructions textarea");
    }

    private static void keeps(String name, String prompt, String content, String category) {
        new KeptPrompt(prompt, content, category).keptBy(app.as(name));
    }

    private static List<KeptPrompt> prompts(String name) {
        return KeptPrompt.allOf(app.as(name));
    }
}
