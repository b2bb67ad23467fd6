package ollamaweb.web;

import static io.javalin.apibuilder.ApiBuilder.get;
import static ollamaweb.http.Role.ANYONE;
import static ollamaweb.http.Role.UNCOUNTED;

import io.javalin.apibuilder.EndpointGroup;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.util.List;
import java.util.Locale;
import ollamaweb.http.ApiException;

/**
 * The page: its one document under every address that it knows itself, and the files that the document asks for. No path
 * from outside ever names a file on disk.
 */
public final class WebRoutes implements EndpointGroup {

    /** What the page shows by itself; a link to any of these opens it there. */
    private static final List<String> VIEWS = List.of(
            "/c/{id}", "/archive", "/favorites", "/search", "/trash", "/models", "/prompts", "/import", "/usage",
            "/settings", "/settings/{section}", "/tasks", "/goals", "/insights", "/admin", "/share/{token}",
            "/sign-in", "/register", "/password-reset");

    private static final String FILES = Site.ASSETS + "{version}/<name>";
    private static final String FOREVER = "public, max-age=31536000, immutable";
    private static final String ASK_AGAIN = "no-cache";
    private static final String VARY = String.join(", ", Header.ACCEPT, Header.ACCEPT_ENCODING, Header.ORIGIN);

    private final SiteSource source;

    public WebRoutes(SiteSource source) {
        this.source = source;
    }

    @Override
    public void addEndpoints() {
        VIEWS.forEach(view -> get(view, this::show, ANYONE, UNCOUNTED));
        get(FILES, this::file, ANYONE, UNCOUNTED);
    }

    /** @return whether a route's path is one of the page's, which are no part of the API */
    public static boolean isOfThePage(String path) {
        return VIEWS.contains(path) || path.startsWith(Site.ASSETS);
    }

    /**
     * @return whether the client is a browser that wants to show a page; the answer to it has to name {@code Accept} in
     *         {@code Vary}, whichever it is
     */
    public static boolean isWanted(Context ctx) {
        ctx.header(Header.VARY, VARY);
        var accept = ctx.header(Header.ACCEPT);
        return accept != null && List.of(accept.toLowerCase(Locale.ROOT).split(",")).stream()
                .map(range -> range.replace(" ", ""))
                .anyMatch(range -> range.matches("text/html(;.*)?") && !range.matches(".*;q=0(\\.0*)?(;.*)?"));
    }

    /** Answers with the application's document. */
    public void show(Context ctx) {
        var site = source.latest();
        ctx.header(Header.VARY, VARY)
                .header(Header.CACHE_CONTROL, ASK_AGAIN)
                .header("Content-Security-Policy", site.policy())
                .header("Cross-Origin-Opener-Policy", "same-origin")
                // Where a browser says nothing else of where a request comes from, the cookie counts by its Referer.
                .header("Referrer-Policy", "same-origin");
        if (!site.indexTag().isKnown(ctx)) {
            site.index().send(ctx);
        }
    }

    private void file(Context ctx) {
        var asset = source.current().asset(ctx.path());
        if (asset == null) {
            throw ApiException.notFound("Not Found");
        }
        ctx.header(Header.CACHE_CONTROL, source.isFixed() ? FOREVER : ASK_AGAIN);
        asset.send(ctx);
    }
}
