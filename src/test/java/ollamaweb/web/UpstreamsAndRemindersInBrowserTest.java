package ollamaweb.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import ollamaweb.testing.ScriptedOpenAi;
import ollamaweb.testing.ScriptedServer;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Servers with more models, and tasks that remind. */
@Tag("browser")
class UpstreamsAndRemindersInBrowserTest {

    private static final ScriptedServer lan = ScriptedOpenAi.start(new String[] {"gpt-oss"}, "from ", "lan");

    @RegisterExtension
    static final TestApp app = new TestApp().with("OLLAMA_ALLOWED_HOSTS", lan.url().replaceFirst("https?://", "").replaceFirst("/.*", ""));

    @RegisterExtension
    final Visitors visitors = new Visitors(app);

    @AfterAll
    static void close() {
        lan.close();
    }

    @Test
    void a_server_with_more_models_is_added_turned_off_and_removed() {
        app.as("admin");
        app.ollama().installed("llama3.2:1b");
        var page = visitors.as("ada").expects("422").open("/settings/upstreams").page();
        page.fill("ow-upstreams [name=name]", "lan");
        page.fill("ow-upstreams [name=url]", "no url");
        page.click("ow-upstreams form button");
        page.waitForSelector("ow-upstreams .wrong");

        page.fill("ow-upstreams [name=url]", lan.url());
        page.fill("ow-upstreams [name=api_key]", "sk-1");
        page.click("ow-upstreams form button");

        page.waitForSelector("ow-upstreams .thing b:has-text('lan')");
        page.waitForFunction("() => document.querySelector(\"[name=default_model] option[value='gpt-oss']\")");
        assertThat(page.inputValue("ow-upstreams [name=api_key]")).isEmpty();
        page.click("[aria-label='Turn off lan']");
        page.waitForSelector("ow-upstreams .thing:has-text('off')");
        page.click("[aria-label='Remove lan']");
        page.click("dialog >> text=Delete");
        page.waitForCondition(() -> page.querySelector("ow-upstreams .thing") == null);
    }

    @Test
    void a_task_reminds_whoever_looks() {
        app.as("cleo").post("/api/v1/tasks/",
                "{\"title\":\"Water the plants\",\"due_date\":\"" + app.clock().instant().plusSeconds(900) + "\"}");
        var cleo = visitors.as("cleo").open("/tasks");
        var page = cleo.page();
        page.click(".thing button:has-text('Water the plants')");
        page.click("ow-reminders button:has-text('10 minutes before')");
        page.waitForSelector("ow-reminders .thing:has-text('10 minutes before')");
        cleo.keepPictures("task-reminders").assertAccessible();
        page.click("ow-task button:has-text('Save')");

        app.clock().advance(Duration.ofMinutes(6));

        page.waitForSelector(".toast:has-text('Reminder: Water the plants')");
    }
}
