package ollamaweb.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.RequestOptions;
import com.microsoft.playwright.options.ScreenshotAnimations;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import ollamaweb.testing.TestApp;

/**
 * Somebody with a browser of their own: cookies, a window, and an eye on all that the browser complains of, which is errors
 * in the console (a breach of the Content-Security-Policy is one), exceptions, and requests to any other server.
 */
final class Visitor {

    private static final Path PICTURES = Path.of("target/screenshots");
    private static final String AXE_READS_COLOURS = "Canvas2D: Multiple readback operations";
    private static final int PHONE_WIDTH = 360;
    private static final int PHONE_HEIGHT = 740;

    private final TestApp app;
    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();
    private final List<Pattern> expected = new ArrayList<>();

    Visitor(TestApp app, BrowserContext context) {
        this.app = app;
        this.context = context;
        context.onConsoleMessage(this::note);
        context.onWebError(error -> complaints.add("exception: " + error.error()));
        context.onRequest(request -> {
            if (!request.url().matches("(" + Pattern.quote(app.url()) + "/|data:|blob:).*")) {
                complaints.add("a request to another server: " + request.url());
            }
        });
        page = context.newPage();
    }

    /** @return what is open, for all that Playwright can do */
    Page page() {
        return page;
    }

    /** @return another tab of the same browser */
    Page newTab() {
        return context.newPage();
    }

    BrowserContext context() {
        return context;
    }

    /** Opens an address of the page, as in {@code /c/12}. */
    Visitor open(String path) {
        page.navigate(app.url() + path);
        return this;
    }

    /** Signs in by the cookie without going through the page. */
    Visitor signInByKey(String apiKey) {
        var answer = context.request().post(app.url() + "/api/v1/auth/session",
                RequestOptions.create().setData(Map.of("api_key", apiKey)));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return this;
    }

    /** From now on a complaint that holds this text (a regular expression) is part of the story. */
    Visitor expects(String complaint) {
        expected.add(Pattern.compile(complaint));
        return this;
    }

    /** @return what the browser complained of, but for what was expected */
    List<String> complaints() {
        return complaints.stream()
                .filter(complaint -> expected.stream().noneMatch(pattern -> pattern.matcher(complaint).find()))
                .toList();
    }

    void assertNoComplaint() {
        assertThat(complaints()).as("what the browser complained of").isEmpty();
    }

    /** Fails if axe finds that somebody cannot use what is shown, in the light or in the dark theme. */
    Visitor assertAccessible() {
        expects("willReadFrequently"); // axe's own way to measure colours
        for (var theme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(theme));
            assertThat(Axe.violations(page)).as("axe, " + theme).isEmpty();
        }
        return back();
    }

    /** Keeps what is shown for people to look at: {@code target/screenshots/NAME-light.png}, {@code -dark}, {@code -phone}. */
    Visitor keepPictures(String name) {
        var desktop = page.viewportSize();
        keepPicture(name + "-light");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        keepPicture(name + "-dark");
        back();
        page.setViewportSize(PHONE_WIDTH, PHONE_HEIGHT);
        keepPicture(name + "-phone");
        page.setViewportSize(desktop.width, desktop.height);
        return this;
    }

    void keepPicture(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")).setAnimations(ScreenshotAnimations.DISABLED));
    }

    void leave() {
        context.close();
    }

    private Visitor back() {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        return this;
    }

    private void note(ConsoleMessage message) {
        boolean serious = message.type().equals("error") || message.type().equals("warning");
        if (serious && !message.text().startsWith(AXE_READS_COLOURS)) {
            complaints.add("console " + message.type() + ": " + message.text() + " (" + message.location() + ")");
        }
    }
}
