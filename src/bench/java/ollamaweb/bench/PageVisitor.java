package ollamaweb.bench;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.RequestOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The benchmark's user with a browser: the Chromium of this machine, or the one that the environment's {@code CHROMIUM} names. */
final class PageVisitor implements AutoCloseable {

    private static final List<String> USUAL_PLACES = List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

    private final ServerProcess server;
    private final Playwright playwright;
    private final Browser browser;

    PageVisitor(ServerProcess server) {
        this.server = server;
        playwright = Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright.chromium().launch(new BrowserType.LaunchOptions()
                .setExecutablePath(chromium().orElseThrow())
                .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage")));
    }

    static boolean isPossible() {
        return chromium().isPresent();
    }

    /** @return a window without a past, signed in */
    BrowserContext context() {
        var context = browser.newContext(new Browser.NewContextOptions().setLocale("en-GB"));
        context.request().post(url("/api/v1/auth/session"), RequestOptions.create().setData(Map.of("api_key", ServerProcess.KEY)));
        return context;
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.port() + path;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }

    private static Optional<Path> chromium() {
        var chosen = System.getenv("CHROMIUM");
        return (chosen == null ? USUAL_PLACES : List.of(chosen)).stream().map(Path::of).filter(Files::isExecutable).findFirst();
    }
}
