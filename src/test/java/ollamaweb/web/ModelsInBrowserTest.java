package ollamaweb.web;

import static ollamaweb.testing.Script.hold;
import static ollamaweb.testing.Script.pulling;
import static ollamaweb.testing.Script.raw;
import static ollamaweb.testing.Script.hangUp;
import static org.assertj.core.api.Assertions.assertThat;

import ollamaweb.testing.Gate;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An admin looks after the models in the settings. */
@Tag("browser")
class ModelsInBrowserTest {

    @RegisterExtension
    static final TestApp app = new TestApp();

    @RegisterExtension
    final Visitors visitors = new Visitors(app);

    @BeforeAll
    static void the_first_account_is_the_admin() {
        app.as("ada");
    }

    @Test
    void a_model_is_fetched_with_a_progress_that_survives_a_reload() {
        var gate = new Gate();
        app.ollama().pulling("qwen3:8b", pulling("aaa", 500_000_000, 2_000_000_000).then(hold(gate)));
        var ada = visitors.as("ada").open("/settings/models");
        ada.page().fill("ow-models-care [name=name]", "qwen3:8b");

        ada.page().click("ow-models-care form button");

        ada.page().waitForSelector(".pulls progress[value='500000000']");
        ada.page().waitForSelector(".pulls :text('500 MB / 2 GB')");
        ada.keepPictures("models-care").assertAccessible();
        ada.page().reload();
        ada.page().waitForSelector(".pulls progress[value='500000000']");
        gate.open();
        ada.page().waitForSelector(".installed b:has-text('qwen3:8b')");
        assertThat(ada.page().locator(".pulls").count()).isZero();

        app.ollama().pulling("nowhere", raw("{\"error\":\"pull model manifest: file does not exist\"}\n").then(hangUp()));
        ada.page().fill("ow-models-care [name=name]", "nowhere");
        ada.page().press("ow-models-care [name=name]", "Enter");
        ada.page().waitForSelector(".pulls [role=alert]:has-text('file does not exist')");
    }

    @Test
    void a_model_is_unloaded_and_deleted_once_that_is_confirmed() {
        app.ollama().installed("llama3.2:1b", "old:7b");
        app.ollama().loaded("old:7b", 4096);
        var ada = visitors.as("ada").open("/settings");
        ada.page().waitForSelector(".installed li:has-text('old:7b') .tag");

        ada.page().click("[aria-label='Take old:7b out of memory']");
        ada.page().waitForFunction("() => document.querySelector('.installed .tag') === null");
        ada.page().click("[aria-label='Delete old:7b']");
        ada.page().click("[role=alertdialog] .danger");

        ada.page().waitForFunction("() => ![...document.querySelectorAll('.installed b')].some(b => b.textContent.includes('old:7b'))");
        ada.page().waitForSelector(".installed b:has-text('llama3.2:1b')");
    }

    @Test
    void who_is_no_admin_sees_nothing_of_it() {
        var bob = visitors.as("bob").open("/settings");

        bob.page().waitForSelector("#settings-keys");

        assertThat(bob.page().locator("ow-models-care").count()).isZero();
    }
}
