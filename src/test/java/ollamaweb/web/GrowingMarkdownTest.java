package ollamaweb.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Text that comes piece by piece looks at each moment as if it had come at once. */
@Tag("browser")
class GrowingMarkdownTest {

    private static final List<String> TEXTS = List.of(
            "Plain words, many of them, and then **bold ones** and more, until `code` comes. Is it *so*? It is! A_b_c.",
            "One line that is long enough\nand another\n1. a list of one\n2. and two\n\nAfter *it* a paragraph that ends in *",
            "A title of some length\n=====\nText that follows the title, \"quoted\" and 'so'.\n- - -\nThe end of all that was said",
            "A link to http://example.org/some/path and on, [named](http://example.org/a \"with title\") and ![no](x image",
            "Escaped \\*stars\\* &amp; entities &copy and more words; a < b > c and 3 * 4 * 5, _under scores_ and __strong__ too",
            "Words before code:\n```js\nlet a = 1\nlet b\n```\nand words after the code, quite a few of them\n> quoted words of some length\nthat go on",
            "| a | b |\n|---|---|\n| one | two |\n\nThe sum is $a + b$ and it costs $5 or $6 when all is said\n\n$$\nx^2\n$$\nDone, as one says",
            "量子计算机可以同时处理多种状态。请用**简单**的语言解释一下，这个概念 and so on…  with two spaces  \nand a break   ");

    /** Draws each text in pieces of random length, and afresh after each piece. */
    private static final String COMPARE = """
            async ({module, texts}) => {
                const {GrowingView} = await import(module);
                const view = () => {
                    const root = document.createElement('div');
                    return {root, view: new GrowingView(root, {words: document.querySelector('ow-app').app.words}, () => {})};
                };
                let seed = 42;
                const upTo = most => 1 + (seed = seed * 48271 % 2147483647) % most;
                const differences = [];
                for (const text of texts) {
                    for (const most of [1, 3, 9, 30]) {
                        const growing = view();
                        for (let end = upTo(most); ; end = Math.min(text.length, end + upTo(most))) {
                            const fresh = view();
                            growing.view.show(text.slice(0, end), false);
                            fresh.view.show(text.slice(0, end), false);
                            if (growing.root.innerHTML.trim() !== fresh.root.innerHTML.trim()) {
                                differences.push([text.slice(0, end), growing.root.innerHTML, fresh.root.innerHTML]);
                                break;
                            }
                            if (end === text.length) {
                                break;
                            }
                        }
                    }
                }
                return differences;
            }""";

    /** What is read out of a text that grows by some letters at a time. */
    private static final String READ_OUT = """
            async ({module, text, step}) => {
                const {Sentences} = await import(module);
                const sentences = new Sentences();
                const given = [];
                for (let end = step; end < text.length + step; end += step) {
                    given.push(sentences.next(text.slice(0, end), end >= text.length));
                }
                return given.filter(part => part !== '');
            }""";

    @RegisterExtension
    static final TestApp app = new TestApp();

    @RegisterExtension
    final Visitors visitors = new Visitors(app);

    @Test
    void pieces_look_like_the_whole() {
        var page = visitors.as("ada").open("/").page();
        page.waitForSelector("#question");
        var module = SiteSource.ofProperty().current().folder() + "/markdown/growing-view.js";

        assertThat((List<?>) page.evaluate(COMPARE, Map.of("module", module, "texts", TEXTS))).isEmpty();
    }

    @Test
    void an_answer_is_read_out_by_sentences_and_what_has_no_end_in_parts() {
        var words = "word ".repeat(300);

        assertThat(readOut("One is said. Two is not", 1)).containsExactly("One is said. ", "Two is not");
        assertThat(readOut("Is it? It is!\nSo it ends", 6)).containsExactly("Is it? ", "It is! ", "So it ends");
        assertThat(readOut(words, 7)).hasSizeBetween(3, 6).allMatch(part -> part.length() < 420);
        assertThat(String.join("", readOut(words, 7))).isEqualTo(words);
    }

    @SuppressWarnings("unchecked")
    private List<String> readOut(String text, int step) {
        var page = visitors.as("bob").open("/").page();
        page.waitForSelector("#question");
        var module = SiteSource.ofProperty().current().folder() + "/app/announcer.js";
        return (List<String>) page.evaluate(READ_OUT, Map.of("module", module, "text", text, "step", step));
    }
}
