package ollamaweb.web;

import static ollamaweb.testing.Script.errorLine;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import ollamaweb.json.Json;
import ollamaweb.testing.Script;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What models, strangers and files write is shown, and does nothing. {@link Visitors} fails a test as well when the browser
 * reports a breach of the policy or a request to another server.
 */
@Tag("browser")
class HostileContentTest {

    private static final String IMG = "<img src=x onerror=\"window.broken=1\">";
    private static final String SCRIPT = "<script>window.broken=1</script>";
    private static final String ACTIVE = """
            () => [...document.querySelectorAll('ow-app *')].filter(element =>
                ['SCRIPT', 'IFRAME', 'OBJECT', 'EMBED', 'STYLE', 'BASE', 'META'].includes(element.tagName)
                || element.getAttributeNames().some(name => name.startsWith('on') || name === 'srcdoc' || name === 'formaction')
                || /^\\s*(javascript|vbscript|data:text)/i.test(element.getAttribute('href') ?? '')
                || element.tagName === 'IMG' && !element.src.startsWith('data:image/')).map(element => element.outerHTML)""";

    @RegisterExtension
    static final TestApp app = new TestApp();

    @RegisterExtension
    final Visitors visitors = new Visitors(app);

    @Test
    void markdown_from_a_model_does_nothing() {
        only(say(String.join("\n\n",
                IMG, SCRIPT,
                "[click](javascript:window.broken=1) [and](vbscript:x) [this](data:text/html,<script>1</script>) [JaVa](JAVASCRIPT&colon;window.broken=1)",
                "![tracker](https://example.org/pixel.png?secret) ![x\" onerror=\"window.broken=1](https://example.org/a.png)",
                "<a href=\"javascript:window.broken=1\">x</a> <https://example.org/<script>>",
                "```html\"><img/src=x/onerror=window.broken=1>\n" + IMG + SCRIPT + "\n```",
                "```js onload=x\nlet a = '</code></pre>" + IMG + "';\n```",
                "| a | b |\n| --- | --- |\n| " + IMG + " | `" + SCRIPT + "` |",
                "<style>*{display:none}</style><iframe srcdoc='" + SCRIPT + "'></iframe><svg><animate onbegin=window.broken=1></svg>")));

        var chat = ChatWindow.of(visitors.as("ada").open("/")).ask("Break in").awaitEnd();
        chat.page().waitForSelector("figure code .hljs-tag, figure code .hljs-keyword");

        assertHarmless(chat);
        assertThat(chat.lastAnswer()).contains("<script>window.broken=1</script>").contains("onerror");
        assertThat(chat.page().getAttribute("a.image", "rel")).isEqualTo("noopener noreferrer");
        assertThat(chat.page().locator("ow-markdown img").count()).as("no picture from elsewhere").isZero();
    }

    @Test
    void formulas_from_a_model_do_nothing() {
        only(say("""
                $\\href{javascript:window.broken=1}{x}$ and $\\url{javascript:window.broken=1}$

                $$\\includegraphics{https://example.org/a.png} \\htmlData{x=y}{z} \\htmlStyle{position:fixed}{w}$$

                $$\\def\\a{\\a\\a}\\a$$ and $\\text{<img src=x onerror=window.broken=1>}$ and $x^2$"""));

        var chat = ChatWindow.of(visitors.as("bob").open("/")).ask("Break in").awaitEnd();
        chat.page().waitForSelector(".katex");

        assertHarmless(chat);
    }

    @Test
    void titles_names_and_errors_do_nothing() {
        var name = "evil\"><img/src=x/onerror=window.broken=1>";
        app.ollama().installed(name);
        app.ollama().model(name, errorLine(IMG + SCRIPT));
        var cleo = visitors.as("cleo");
        app.as("cleo").post("/api/conversations", Json.write(new Draft("T " + IMG + SCRIPT, name)));
        app.as("cleo").patch("/api/v1/users/me", "{\"display_name\":" + Json.write("C" + IMG) + "}");
        app.as("cleo").post("/api/v1/tasks/", "{\"title\":" + Json.write(IMG) + ",\"tags\":[\"<b>x</b>\"]}");
        app.as("cleo").post("/api/v1/goals/", "{\"title\":" + Json.write(SCRIPT) + "}");

        var chat = ChatWindow.of(cleo.open("/")).ask(IMG + SCRIPT).sees("[data-act=retry]");
        assertHarmless(chat);
        chat.click(".pill").sees(".option");
        assertHarmless(chat);
        chat.press("Escape", "Control+k").type("img").sees("mark");
        assertHarmless(chat);
        chat.press("Escape");
        for (var room : List.of("tasks", "goals")) {
            cleo.open("/" + room).page().waitForSelector(".thing");
            assertHarmless(chat);
        }
    }

    @Test
    void an_imported_conversation_does_nothing() {
        var dora = visitors.as("dora");
        var answer = app.as("dora").post("/api/export/conversations/import", """
                {"title":%1$s,"model_name":"m","messages":[{"role":"user","content":%1$s},{"role":"system","content":%1$s},
                {"role":"assistant","content":%1$s}]}"""
                .formatted(Json.write(IMG + "\n\n" + SCRIPT + "\n\n[x](javascript:window.broken=1)")));
        dora.open("/c/" + answer.json().path("conversation_id").asLong());

        assertHarmless(ChatWindow.of(dora).sees("ow-markdown"));
    }

    record Draft(String title, String modelName) {}

    private static void assertHarmless(ChatWindow chat) {
        assertThat(chat.page().evaluate("() => window.broken ?? null")).isNull();
        assertThat((List<?>) chat.page().evaluate(ACTIVE)).isEmpty();
    }

    private static void only(Script script) {
        app.ollama().installed("m");
        app.ollama().model("m", script);
    }
}
