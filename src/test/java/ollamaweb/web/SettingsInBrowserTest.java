package ollamaweb.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
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
}
