package ollamaweb.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.nio.file.Files;
import java.util.zip.ZipFile;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the settings do beside what they say. */
@Tag("browser")
class SettingsInBrowserTest {

    @RegisterExtension
    static final TestApp app = new TestApp();

    @RegisterExtension
    final Visitors visitors = new Visitors(app);

    @Test
    void a_key_keeps_what_is_asked_with_it_where_that_is_chosen() {
        var ada = visitors.as("ada");
        var page = ada.open("/settings/keys").page();
        page.fill("ow-api-keys [name=name]", "Editor");
        page.check("ow-api-keys [name=store]");
        page.click("ow-api-keys >> text=Make a key");

        page.waitForSelector("ow-api-keys .thing:has-text('Editor'):has-text('keeps conversations')");
        var keys = app.as("ada").get("/api/v1/users/me/api-keys").json().path("data").path("items");
        assertThat(keys).anySatisfy(key -> {
            assertThat(key.path("name").asText()).isEqualTo("Editor");
            assertThat(key.path("store").asBoolean()).isTrue();
        });
        ada.keepPictures("keys").assertAccessible();
    }

    @Test
    void a_key_is_limited_where_that_is_chosen() {
        var cyd = visitors.as("cyd").expects("422");
        var page = cyd.open("/settings/keys").page();
        page.fill("ow-api-keys [name=name]", "Script");
        page.click("ow-api-keys summary");
        page.uncheck("ow-api-keys [name=scope-chat]");
        page.uncheck("ow-api-keys [name=scope-write]");
        page.fill("ow-api-keys [name=requests_per_minute]", "60");
        page.fill("ow-api-keys [name=expires_at]", "2020-01-01");
        page.click("ow-api-keys >> text=Make a key");
        page.waitForSelector("ow-api-keys [name=expires_at][aria-invalid=true]");
        cyd.keepPictures("key-limits").assertAccessible();

        page.fill("ow-api-keys [name=expires_at]", "2039-12-04");
        page.click("ow-api-keys >> text=Make a key");

        page.waitForSelector("ow-api-keys .thing:has-text('may look at everything'):has-text('until')");
        var keys = app.as("cyd").get("/api/v1/users/me/api-keys").json().path("data").path("items");
        assertThat(keys).anySatisfy(key -> {
            assertThat(key.path("scopes").toString()).isEqualTo("[\"read\"]");
            assertThat(key.path("requests_per_minute").asInt()).isEqualTo(60);
            assertThat(key.path("tokens_per_day").isNull()).isTrue();
            assertThat(key.path("expires_at").asText()).startsWith("2039-12-04");
        });
    }

    @Test
    void everything_is_downloaded_by_one_link() throws IOException {
        app.as("bob").post("/api/conversations", "{\"title\":\"Letters\",\"model_name\":\"m\"}");
        Page page = visitors.as("bob").open("/settings/export").page();

        var download = page.waitForDownload(() -> page.click("text=Download everything"));

        assertThat(download.suggestedFilename()).startsWith("ollama-web-").endsWith(".zip");
        var file = Files.createTempFile("all", ".zip");
        download.saveAs(file);
        try (var zip = new ZipFile(file.toFile())) {
            assertThat(zip.stream()).anyMatch(entry -> entry.getName().equals("manifest.json"));
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void a_file_of_conversations_is_brought_in_with_a_report() {
        var cleo = visitors.as("cleo");
        var page = cleo.open("/settings/import").page();
        page.check("ow-import [name=dry-run]");
        choose(page, "Bread");
        page.waitForSelector("ow-import .thing:has-text('Only looked: 1 new')");
        assertThat(app.as("cleo").get("/api/conversations").json().path("total").asInt()).isZero();

        page.uncheck("ow-import [name=dry-run]");
        choose(page, "Bread");
        page.waitForFunction("() => document.querySelector('ow-import .thing')?.innerText.includes('1 new')"
                + " && !document.querySelector('ow-import .thing').innerText.includes('Only looked')");
        page.click("ow-import .thing >> nth=0 >> text=Report");
        page.waitForSelector("ow-import-report a:has-text('Bread')");
        cleo.keepPictures("import").assertAccessible();

        page.click("ow-import-report a:has-text('Bread')");
        page.waitForSelector(".question:has-text('How long in the cold?')");
    }

    @Test
    void a_file_that_is_none_of_those_says_so() {
        var page = visitors.as("dora").open("/settings/import").page();

        page.setInputFiles("ow-import input[type=file]", new FilePayload("notes.json", "application/json", "[1, 2".getBytes(UTF_8)));

        page.waitForSelector("ow-import .thing.failed:has-text('notes.json')");
    }

    /** Lets the page have the file that somebody else has exported. */
    private static void choose(Page page, String title) {
        long id = app.as("eve").post("/api/export/conversations/import", """
                {"title": "%s", "model_name": "m", "messages": [{"role": "user", "content": "How long in the cold?"},
                    {"role": "assistant", "content": "A night."}]}""".formatted(title)).json().path("conversation_id").asLong();
        var file = app.as("eve").get("/api/export/conversations/" + id + "/json").body();
        page.setInputFiles("ow-import input[type=file]", new FilePayload("one.json", "application/json", file.getBytes(UTF_8)));
    }
}
