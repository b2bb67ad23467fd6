package ollamaweb.web;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page.WaitForSelectorOptions;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.ArrayList;
import ollamaweb.testing.Await;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What comes by itself, set in the page. */
@Tag("browser")
class PlansInBrowserTest {

    @RegisterExtension
    static final TestApp app = new TestApp();

    @RegisterExtension
    final Visitors visitors = new Visitors(app);

    @Test
    void the_hours_of_digests_are_set_and_taken_back() {
        var page = visitors.as("ada").open("/settings").page();
        page.fill("ow-plans [name=daily]", "07:30");
        page.selectOption("ow-plans [name=day]", "THU");
        page.fill("ow-plans [name=time]", "18:00");
        page.click("ow-plans .go");
        awaitSettings("{\"insights.daily\":\"07:30\",\"insights.weekly\":\"THU 18:00\"}");

        page.fill("ow-plans [name=daily]", "");
        page.selectOption("ow-plans [name=day]", "");
        page.click("ow-plans .go");

        awaitSettings("{}");
    }

    @Test
    void what_is_entered_while_a_save_is_on_its_way_stays() {
        var page = visitors.as("fay").open("/settings").page();
        var held = new ArrayList<Route>();
        page.route("**/api/config/save", held::add);
        page.fill("ow-plans [name=daily]", "07:30");
        page.selectOption("ow-plans [name=day]", "THU");
        page.click("ow-plans .go");
        page.waitForCondition(() -> !held.isEmpty());

        page.fill("ow-plans [name=daily]", "09:15");
        page.selectOption("ow-plans [name=day]", "SUN");
        held.get(0).resume();
        page.waitForSelector("ow-plans .go:enabled");

        assertThat(page.inputValue("ow-plans [name=daily]")).isEqualTo("09:15");
        assertThat(page.inputValue("ow-plans [name=day]")).isEqualTo("SUN");
    }

    @Test
    void the_link_to_the_calendar_is_shown_once_and_ended() {
        var bob = visitors.as("bob").open("/settings");
        bob.page().click("text=Make a link to the calendar");
        bob.page().waitForSelector("ow-plans .fresh-key");
        var path = bob.page().innerText("ow-plans .fresh-key code").substring(app.url().length());
        assertThat(app.anonymous().get(path)).isOk();
        bob.assertAccessible();

        bob.page().click("text=End the link");

        bob.page().waitForSelector("ow-plans .fresh-key", new WaitForSelectorOptions()
                .setState(WaitForSelectorState.DETACHED));
        assertThat(app.anonymous().get(path)).hasStatus(404);
    }

    @Test
    void a_task_is_made_to_come_again() {
        var eve = app.as("eve");
        eve.post("/api/v1/tasks", "{\"title\":\"Water the plants\",\"due_date\":\"2026-01-05\"}");
        var visitor = visitors.as("eve").open("/tasks");
        visitor.page().click(".thing-text");
        visitor.page().selectOption("ow-task [name=recurrence]", "FREQ=WEEKLY");
        visitor.assertAccessible();

        visitor.page().click("ow-task .go");

        Await.await(() -> eve.get("/api/v1/tasks").json().at("/data/items/0/recurrence").asText().equals("FREQ=WEEKLY"),
                () -> eve.get("/api/v1/tasks").body());
    }

    private static void awaitSettings(String json) {
        Await.await(() -> app.as("ada").get("/api/config/get").json().path("settings").toString().equals(json),
                () -> app.as("ada").get("/api/config/get").body());
    }
}
