package ollamaweb.web;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ollamaweb.testing.SignedInUser;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What admins look after, on the page. */
@Tag("browser")
class AdminInBrowserTest {

    @RegisterExtension
    static final TestApp app = new TestApp();

    @RegisterExtension
    final Visitors visitors = new Visitors(app);

    @Test
    void an_admin_disables_an_account_makes_a_link_and_sees_what_was_done() {
        var admin = visitors.as("admin");
        var bob = SignedInUser.registers(app, "bob");
        admin.open("/admin");
        var page = admin.page();
        page.waitForSelector("ow-accounts .thing:has-text('bob@example.org')");
        page.waitForSelector("ow-audit td:has-text('127.0.0.1')");
        admin.keepPictures("admin").assertAccessible();

        page.click("ow-accounts .thing:has-text('bob@example.org') button[popovertarget]");
        page.click("ow-accounts .thing:has-text('bob@example.org') [role=menuitem]:has-text('Disable')");
        page.click("ow-confirm .danger");
        page.waitForSelector("ow-accounts .thing:has-text('bob@example.org') .tag:has-text('Disabled')");
        page.waitForSelector("ow-audit th:has-text('Account disabled')");
        assertThat(bob.client().get("/api/v1/users/me")).hasStatus(401);

        page.click("ow-accounts .thing:has-text('bob@example.org') button[popovertarget]");
        page.click("ow-accounts .thing:has-text('bob@example.org') [role=menuitem]:has-text('Enable')");
        page.waitForSelector("ow-accounts .thing:has-text('bob@example.org'):not(:has-text('Disabled'))");
        page.click("ow-accounts .thing:has-text('bob@example.org') button[popovertarget]");
        page.click("ow-accounts .thing:has-text('bob@example.org') [role=menuitem]:has-text('Link')");
        var link = page.innerText(".fresh-key code").strip();

        var stranger = visitors.stranger().open(link.substring(app.url().length()));
        stranger.page().waitForSelector("ow-password-reset [name=password]");
        stranger.keepPictures("password-reset").assertAccessible();
        stranger.page().fill("ow-password-reset [name=password]", "Another horse 2");
        stranger.page().click("ow-password-reset button.go");
        stranger.page().waitForSelector("ow-password-reset a.go");
        assertThat(stranger.page().url()).doesNotContain("#");
        assertThat(app.anonymous().post("/api/v1/auth/login", "{\"email\":\"bob@example.org\",\"password\":\"Another horse 2\"}")).isOk();
    }

    @Test
    void others_see_nothing_of_it() {
        app.as("admin");
        var eve = visitors.as("eve").open("/admin");

        eve.page().waitForSelector("text=This is for admins");
        eve.page().click(".me-button");
        assertThat(eve.page().locator("#me-menu [role=menuitem]:has-text('Administration')").count()).isZero();
    }
}
