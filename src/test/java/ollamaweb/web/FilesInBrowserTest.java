package ollamaweb.web;

import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Images and texts go with a question: chosen, dropped or pasted; what does not fit is said in words. */
@Tag("browser")
class FilesInBrowserTest {

    /** A red square. */
    private static final byte[] PNG = Base64.getDecoder().decode(
            "iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mP8z8BQz0AEYBxVSF+FABJADveWkH6oAAAAAElFTkSuQmCC");
    private static final String CHOOSE = "ow-attach input[type=file]";
    private static final String READY = ".attachment.ready";

    /** Fires a paste or a drop with an image where the page listens. */
    private static final String BRING = """
            ([selector, kind, base64]) => {
                const bytes = Uint8Array.from(atob(base64), each => each.charCodeAt(0));
                const data = new DataTransfer();
                data.items.add(new File([bytes], kind + '.png', {type: 'image/png'}));
                const target = document.querySelector(selector);
                if (kind === 'paste') {
                    target.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
                } else {
                    target.dispatchEvent(new DragEvent('dragenter', {dataTransfer: data, bubbles: true, cancelable: true}));
                    target.dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true}));
                }
            }""";

    @RegisterExtension
    static final TestApp app = new TestApp().with("MAX_FILE_BYTES", "2000000");

    @RegisterExtension
    final Visitors visitors = new Visitors(app);

    @Test
    void an_image_that_is_chosen_goes_with_the_question_and_stands_above_it() {
        var ada = visitors.as("ada");
        var chat = begin(ada);
        chat.page().setInputFiles(CHOOSE, png("square.png"));
        chat.sees(READY + " img");
        ada.keepPictures("files").assertAccessible();

        chat.ask("What is it?").awaitEnd();

        chat.sees(".file-image img[alt='square.png']");
        chat.page().waitForFunction("() => document.querySelector('.file-image img').naturalWidth === 10");
        assertThat(chat.page().locator(".attachment").count()).isZero();
        chat.page().reload();
        chat.sees(".file-image img[alt='square.png']");
        ada.keepPictures("files-asked").assertAccessible();
    }

    @Test
    void images_are_pasted_and_dropped_and_taken_back() {
        var chat = begin(visitors.as("bob"));
        bring(chat, "#question", "paste");
        chat.sees(READY);
        bring(chat, "ow-chat", "drop");
        chat.page().waitForFunction("() => document.querySelectorAll('.attachment.ready').length === 2");

        chat.click("[aria-label='Remove paste.png']");

        assertThat(chat.page().locator(".attachment").allInnerTexts()).singleElement().asString().contains("drop.png");
        assertThat(chat.focus()).isEqualTo("question");
    }

    @Test
    void what_is_too_large_or_neither_image_nor_text_says_so() {
        var cleo = visitors.as("cleo").expects("413").expects("415");
        var chat = begin(cleo);

        chat.page().setInputFiles(CHOOSE, new FilePayload("tones.bin", "application/octet-stream", new byte[] {0, 1, 2, (byte) 0xff}));
        chat.sees(".attachment.failed:has-text('Only images')");
        chat.page().setInputFiles(CHOOSE,
                new FilePayload("long.txt", "text/plain", "a".repeat(2_100_000).getBytes(StandardCharsets.UTF_8)));

        chat.sees(".attachment.failed:has-text('too large')");
        cleo.keepPictures("files-refused").assertAccessible();
    }

    @Test
    void a_model_that_sees_no_images_is_named_before_one_asks() {
        app.ollama().installed("m");
        app.ollama().abilities("m", "completion");
        var chat = ChatWindow.of(visitors.as("dora").open("/")).sees(".suggestions");

        chat.page().setInputFiles(CHOOSE, png("square.png"));

        chat.sees(".unseen-images:has-text('cannot see images')");
    }

    private static ChatWindow begin(Visitor visitor) {
        app.ollama().installed("seer");
        app.ollama().abilities("seer", "completion", "vision").model("seer", say("A red square."));
        return ChatWindow.of(visitor.open("/")).sees(".suggestions");
    }

    private static FilePayload png(String name) {
        return new FilePayload(name, "image/png", PNG);
    }

    private static void bring(ChatWindow chat, String selector, String kind) {
        chat.page().evaluate(BRING, new String[] {selector, kind, Base64.getEncoder().encodeToString(PNG)});
    }
}
