package ollamaweb.web;

import com.microsoft.playwright.Page;
import java.nio.file.Path;

/** A tab in which somebody talks with a model: what one does there, and what one sees. */
final class ChatWindow {

    private static final int PATIENCE_MILLIS = 20_000;
    private static final String LAST_ANSWER =
            "() => [...document.querySelectorAll('ow-message ow-markdown')].at(-1)?.innerText.trim() ?? ''";

    private final Page page;

    private ChatWindow(Page page) {
        this.page = page;
        page.setDefaultTimeout(PATIENCE_MILLIS);
    }

    /** Waits until there is a field to ask in. */
    static ChatWindow of(Page page) {
        var window = new ChatWindow(page);
        page.waitForSelector("#question");
        return window;
    }

    static ChatWindow of(Visitor visitor) {
        return of(visitor.page());
    }

    Page page() {
        return page;
    }

    /** Types a question and sends it, once there is a model to ask. */
    ChatWindow ask(String question) {
        page.waitForSelector(".send[data-act=send]");
        page.fill("#question", question);
        page.waitForSelector(".send[aria-disabled=false]");
        page.press("#question", "Enter");
        page.waitForFunction("question => [...document.querySelectorAll('.user')].at(-1)?.innerText.includes(question)", question);
        return this;
    }

    /** Waits until the last answer holds a text, ended or not. */
    ChatWindow awaitAnswerWith(String text) {
        page.waitForFunction("text => (" + LAST_ANSWER + ")().includes(text)", text);
        return this;
    }

    /** Waits until the last answer has ended, and well. */
    ChatWindow awaitEnd() {
        page.waitForSelector("ow-message:last-of-type [data-act=again]");
        return this;
    }

    String lastAnswer() {
        return (String) page.evaluate(LAST_ANSWER);
    }

    int messages() {
        return page.locator("ow-message").count();
    }

    ChatWindow click(String selector) {
        page.click(selector);
        return this;
    }

    /** Waits for something to be seen. */
    ChatWindow sees(String selector) {
        page.waitForSelector(selector);
        return this;
    }

    ChatWindow seesText(String text) {
        page.waitForFunction("text => document.body.innerText.includes(text)", text);
        return this;
    }

    ChatWindow press(String... keys) {
        for (var key : keys) {
            page.keyboard().press(key);
        }
        return this;
    }

    ChatWindow type(String text) {
        page.keyboard().type(text);
        return this;
    }

    /** @return what has the focus: its id, or else its name or words */
    String focus() {
        return (String) page.evaluate("""
                () => document.activeElement.id || document.activeElement.getAttribute('aria-label')
                    || document.activeElement.innerText.trim() || document.activeElement.tagName""");
    }

    void keepPicture(Path file) {
        page.screenshot(new Page.ScreenshotOptions().setPath(file));
    }
}
