package ollamaweb.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import ollamaweb.json.Json;
import ollamaweb.testing.Client;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whoever has a link reads a conversation; its owner makes links and takes them back. */
@Tag("browser")
class SharingInBrowserTest {

    private static final String NOWHERE = "main:has-text('This link leads nowhere any more')";
    private static final String IMG = "<img src=x onerror=\"window.broken=1\">";
    private static final String HOSTILE = IMG + "<script>window.broken=1</script>\n\n[x](javascript:window.broken=1)\n\n"
            + "![tracker](https://example.org/pixel.png)\n\n```html\n" + IMG + "\n```";
    private static final String ACTIVE = """
            () => [...document.querySelectorAll('ow-app *')].filter(element =>
                ['SCRIPT', 'IFRAME', 'OBJECT', 'EMBED', 'STYLE', 'BASE', 'META', 'IMG'].includes(element.tagName)
                || element.getAttributeNames().some(name => name.startsWith('on') || name === 'srcdoc' || name === 'formaction')
                || /^\\s*(javascript|vbscript|data:text)/i.test(element.getAttribute('href') ?? '')).map(element => element.outerHTML)""";

    @RegisterExtension
    static final TestApp app = new TestApp();

    @RegisterExtension
    final Visitors visitors = new Visitors(app);

    @Test
    void who_is_not_signed_in_reads_what_was_shared_and_sees_nothing_else() {
        var token = share(app.as("ada"), imported(app.as("ada"), "Bread", "How long does it rise?", "**Two hours**, in `summer`."));
        var paths = new CopyOnWriteArrayList<String>();
        var stranger = visitors.stranger();
        stranger.context().onRequest(request -> paths.add(request.url().substring(app.url().length())));
        var page = stranger.page();

        var document = page.navigate(app.url() + "/share/" + token);
        assertThat(document.headerValue("referrer-policy")).as("the address is told to no other server").isEqualTo("same-origin");
        page.waitForSelector("ow-share h1:has-text('Bread')");
        page.waitForSelector(".answer strong:has-text('Two hours')");

        assertThat(page.innerText(".user")).isEqualTo("How long does it rise?");
        assertThat(page.title()).isEqualTo("Bread · ollama-web");
        assertThat(page.locator("ow-sidebar, ow-composer, ow-signin, ow-chat, ow-share button").count()).isZero();
        var calls = paths.stream().filter(path -> path.startsWith("/api/")).distinct().toList();
        assertThat(calls).startsWith("/api/shares/" + token).allMatch(
                path -> List.of("/api/shares/" + token, "/api/v1/auth/session", "/api/v1/health").contains(path));
        stranger.keepPictures("shared").assertAccessible();
    }

    @Test
    void hostile_messages_and_titles_do_nothing_where_they_are_shared() {
        var bob = app.as("bob");
        var token = share(bob, imported(bob, "T " + IMG, HOSTILE, HOSTILE));

        var page = visitors.stranger().open("/share/" + token).page();
        page.waitForSelector("ow-share figure code .hljs-tag");

        assertThat(page.evaluate("() => window.broken ?? null")).isNull();
        assertThat((List<?>) page.evaluate(ACTIVE)).isEmpty();
        assertThat(page.innerText("h1")).isEqualTo("T " + IMG);
        assertThat(page.getAttribute("a.image", "rel")).isEqualTo("noopener noreferrer");
    }

    @Test
    void the_owner_makes_copies_and_deletes_a_link() {
        var id = imported(app.as("cleo"), "Bread", "How?", "Slowly.");
        var cleo = visitors.as("cleo");
        cleo.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        var chat = ChatWindow.of(cleo.open("/c/" + id)).sees("ow-markdown");
        chat.click("header [popovertarget=chat-menu]").click("#chat-menu >> text='Share'").sees("dialog [name=live]");
        cleo.page().check("[name=live][value=true]");
        cleo.page().selectOption("dialog [name=days]", "7");

        chat.click("[data-act=make-link]").sees(".fresh-key code").sees("dialog .thing:has-text('As it grows, since')");
        assertThat(chat.focus()).isEqualTo("Copy the link");
        cleo.keepPictures("sharing").assertAccessible();
        chat.press("Enter").sees(".fresh-key [role=status]:has-text('Copied')");
        var link = (String) cleo.page().evaluate("() => navigator.clipboard.readText()");
        assertThat(link).startsWith(app.url() + "/share/").isEqualTo(cleo.page().innerText(".fresh-key code"));

        var stranger = visitors.stranger().expects("404");
        stranger.page().navigate(link);
        stranger.page().waitForSelector("ow-share .answer:has-text('Slowly.')");
        chat.click("dialog .thing button").click("[role=alertdialog] .danger");
        cleo.page().waitForFunction("() => document.querySelector('dialog .thing, .fresh-key') === null");
        stranger.page().reload();
        stranger.page().waitForSelector(NOWHERE);
        assertThat(stranger.page().innerText("body")).doesNotContain("Slowly.", "Bread");
        stranger.keepPictures("shared-nowhere").assertAccessible();
    }

    @Test
    void who_is_signed_in_takes_a_copy_along() {
        var token = share(app.as("dora"), imported(app.as("dora"), "Bread", "How?", "Slowly."));
        var eve = visitors.as("eve").open("/share/" + token);

        eve.page().waitForSelector("[data-act=copy-shared]");
        eve.keepPictures("shared-signed-in");
        eve.page().click("text='Copy to my conversations'");

        eve.page().waitForURL("**/c/*");
        ChatWindow.of(eve).sees("ow-message .answer:has-text('Slowly.')").sees("li.row a:has-text('Bread')");
        assertThat(app.as("eve").get("/api/conversations").json().path("total").asInt()).isEqualTo(1);
    }

    @Test
    void a_shared_conversation_comes_by_itself_once_the_server_is_there() {
        var token = share(app.as("finn"), imported(app.as("finn"), "Bread", "How?", "Slowly."));
        var stranger = visitors.stranger(new Browser.NewContextOptions().setLocale("de-DE")).expects("ERR_FAILED|ERR_INTERNET");
        stranger.page().route(app.url() + "/api/**", route -> route.abort());
        stranger.open("/share/" + token).page().waitForSelector("main:has-text('Der Server antwortet nicht')");
        stranger.keepPicture("shared-away-light");

        stranger.page().unroute(app.url() + "/api/**");

        stranger.page().waitForSelector("ow-share .answer:has-text('Slowly.')");
        assertThat(stranger.page().innerText(".shared-title p")).startsWith("Ein Gespräch mit");
    }

    record Imported(String title, String modelName, List<Said> messages) {}

    record Said(String role, String content) {}

    private static long imported(Client owner, String title, String question, String answer) {
        var draft = new Imported(title, "m", List.of(new Said("user", question), new Said("assistant", answer)));
        return owner.post("/api/export/conversations/import", Json.write(draft)).json().path("conversation_id").asLong();
    }

    private static String share(Client owner, long id) {
        return owner.post("/api/conversations/" + id + "/shares", "{}").json().path("token").asText();
    }
}
