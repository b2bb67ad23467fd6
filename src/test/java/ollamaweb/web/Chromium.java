package ollamaweb.web;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Chromium of this machine, started once for all tests. It is where the environment's {@code CHROMIUM} says, or where
 * distributions put it; nothing is downloaded.
 */
final class Chromium implements AutoCloseable {

    private static final String VARIABLE = "CHROMIUM";
    private static final List<String> USUAL_PLACES = List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Path executable) {
        playwright = Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright.chromium().launch(new BrowserType.LaunchOptions()
                .setExecutablePath(executable)
                .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage")));
    }

    /** @return the program, if there is one */
    static Optional<Path> installed() {
        var chosen = System.getenv(VARIABLE);
        return (chosen == null ? USUAL_PLACES : List.of(chosen)).stream()
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Chromium start() {
        return new Chromium(installed().orElseThrow());
    }

    Browser browser() {
        return browser;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
