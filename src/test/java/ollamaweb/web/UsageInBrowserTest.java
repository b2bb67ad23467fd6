package ollamaweb.web;

import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import ollamaweb.testing.TestApp;
import ollamaweb.testing.TestClock;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("browser")
class UsageInBrowserTest {

    @RegisterExtension
    static final TestApp app = new TestApp();

    @RegisterExtension
    final Visitors visitors = new Visitors(app);

    @Test
    void what_answers_have_cost_is_drawn_by_day_and_listed_by_model() {
        app.ollama().model("m", say("Yes.").evalCount(1200));
        var ada = visitors.as("ada");
        app.as("ada").post("/api/chat/stream", "{\"message\":\"So?\",\"model_name\":\"m\",\"stream\":false}");
        ada.page().clock().setSystemTime(TestClock.START.toString());

        ada.open("/usage").page().waitForSelector(".bars");

        assertThat(ada.page().innerText(".sums")).contains("1,200");
        assertThat(ada.page().locator(".bars rect").count()).isEqualTo(30);
        assertThat(ada.page().innerText(".usage-table >> nth=0")).contains("m");
        ada.keepPictures("usage").assertAccessible();
        ada.page().selectOption("header select", "90");
        ada.page().waitForFunction("() => document.querySelectorAll('.bars rect').length === 90");
    }
}
