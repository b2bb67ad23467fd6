package ollamaweb.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import java.util.ArrayList;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the browser and the server agree on; what people do with the page is told by other tests. */
@Tag("browser")
class PageInBrowserTest {

    private static final String SESSION = "() => fetch('/api/v1/auth/session').then(answer => answer.json())";
    private static final String STATUS = "path => fetch(path).then(answer => answer.status)";

    @RegisterExtension
    static final TestApp app = new TestApp();

    @RegisterExtension
    final Visitors visitors = new Visitors(app);

    @Test
    void the_document_asks_for_the_list_before_the_modules_and_nobody_asks_again() {
        var ida = visitors.as("ida");
        app.as("ida").startsConversation("m");
        ida.open("/").page().waitForSelector("li.row a");
        var asked = new ArrayList<String>();
        ida.page().onRequest(request -> asked.add(request.url().replace(app.url(), "").replaceFirst("/assets/[^/]+", "")));

        ida.page().reload();
        ida.page().waitForSelector("li.row a");

        var list = "/api/conversations?page=1&page_size=100";
        assertThat(asked).containsOnlyOnce(list, "/api/v1/auth/session").containsSubsequence(list, "/app/main.js");
    }

    @Test
    void the_page_opens_without_a_complaint() {
        var ada = visitors.stranger().open("/");

        ada.page().waitForFunction("() => document.body.innerText.trim() !== ''");
        ada.keepPictures("first-visit");
        ada.assertAccessible();
    }

    @Test
    void a_link_into_the_page_opens_it_too() {
        var ada = visitors.as("ada").open("/settings");

        ada.page().waitForFunction("() => document.body.innerText.trim() !== ''");
    }

    @Test
    void the_cookie_signs_the_page_in_and_no_script_sees_it() {
        var ada = visitors.as("ada").open("/");

        assertThat(ada.page().evaluate(STATUS, "/api/config/get")).isEqualTo(200);
        assertThat(ada.page().evaluate("() => document.cookie")).isEqualTo("");
    }

    @Test
    void a_stranger_has_nothing() {
        var ada = app.as("ada");
        long conversation = ada.startsConversation("tiny");
        var stranger = visitors.stranger().expects("401").open("/c/" + conversation);

        assertThat(stranger.page().evaluate(STATUS, "/api/conversations/" + conversation)).isEqualTo(401);
        assertThat(stranger.page().evaluate(STATUS, "/api/conversations")).isEqualTo(401);
        assertThat(stranger.page().evaluate("async () => (await (" + SESSION + ")()).data.user")).isNull();
    }

    @Test
    void another_browser_of_the_same_person_is_signed_in_apart() {
        visitors.as("ada").open("/");
        var elsewhere = visitors.stranger().expects("401").open("/");

        assertThat(elsewhere.page().evaluate(STATUS, "/api/config/get")).isEqualTo(401);
    }

    @Test
    void a_page_on_another_port_cannot_use_the_cookie() {
        var ada = visitors.as("ada").expects("another server|ERR_BLOCKED_BY_RESPONSE|favicon.ico").page();
        ada.navigate(app.ollama().url() + "/");

        ada.evaluate("url => fetch(url, {method: 'POST', mode: 'no-cors', credentials: 'include'}).catch(() => null)",
                app.url() + "/api/v1/auth/logout");

        ada.navigate(app.url() + "/");
        assertThat(ada.evaluate(STATUS, "/api/config/get")).as("still signed in").isEqualTo(200);
    }

    @Test
    void hostile_markup_that_gets_into_the_document_does_nothing() {
        var ada = visitors.stranger().expects("Content Security Policy|Trusted(HTML|Script)").open("/");

        assertThat(ada.page().evaluate("""
                () => {
                    try {
                        document.body.innerHTML = '<img src=x onerror="window.broken = true">';
                        return 'taken';
                    } catch (error) {
                        return error.name;
                    }
                }""")).isEqualTo("TypeError");
        ada.page().evaluate("() => { try { setTimeout('window.broken = true'); } catch { /* refused at once */ } }");
        assertThat(ada.page().evaluate("() => new Promise(done => setTimeout(() => done(window.broken === true), 50))")).isEqualTo(false);
    }

    @Test
    void a_browser_that_speaks_german_is_served_too() {
        var berta = visitors.stranger(new Browser.NewContextOptions().setLocale("de-DE")).open("/");

        berta.page().waitForFunction("() => document.body.innerText.trim() !== ''");
    }

    @Test
    void everything_the_page_may_load_later_loads() {
        var ada = visitors.stranger().open("/");

        for (var name : Libraries.importNames().keySet()) {
            if (!name.endsWith("/")) {
                assertThat(ada.page().evaluate("name => import(name).then(module => Object.keys(module).length > 0)", name)).as(name)
                        .isEqualTo(true);
            }
        }
    }
}
