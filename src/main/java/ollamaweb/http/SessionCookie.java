package ollamaweb.http;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.Header;
import io.javalin.http.SameSite;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/**
 * The cookie that the page is signed in by. A browser sends it by itself, so it counts only where the browser also says
 * that the request comes from this server's own page, or that a person typed the address.
 */
public final class SessionCookie {

    static final String NAME = "ollama_web";
    private static final String SITE = "Sec-Fetch-Site";
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");
    private static final Set<String> READING = Set.of("GET", "HEAD");

    /** Where a request comes from, as far as the browser tells. */
    private enum Sender { THIS_SERVER, ANOTHER, UNKNOWN }

    private SessionCookie() {}

    /**
     * @return the cookie's value, or null when there is none that counts
     * @throws ApiException 403 if a page of another origin wants to change something by it
     */
    static String of(Context ctx) {
        var value = ctx.cookie(NAME);
        if (value == null || value.isEmpty()) {
            return null;
        }
        var sender = sender(ctx);
        if (sender == Sender.ANOTHER && !READING.contains(ctx.req().getMethod())) {
            throw refused();
        }
        return sender == Sender.THIS_SERVER ? value : null;
    }

    /** @throws ApiException 403 if a page of another origin asks; one that is asked by no page at all passes */
    public static void refuseOtherOrigins(Context ctx) {
        if (sender(ctx) == Sender.ANOTHER) {
            throw refused();
        }
    }

    /** Hands the cookie to the browser, for as long as it may live; over https it will never be sent without. */
    public static void put(Context ctx, String value, Duration lifetime) {
        set(ctx, value, (int) lifetime.toSeconds());
    }

    /** Takes the cookie from the browser. */
    public static void remove(Context ctx) {
        set(ctx, "", 0);
    }

    private static void set(Context ctx, String value, int maxAgeSeconds) {
        ctx.cookie(new Cookie(NAME, value, "/", maxAgeSeconds, isHttps(ctx), true, null, SameSite.STRICT));
    }

    /**
     * Browsers say {@code Sec-Fetch-Site} on https and on localhost; elsewhere on http only {@code Origin}, when something
     * is sent, and {@code Referer}, which the page's policy keeps to this server.
     */
    private static Sender sender(Context ctx) {
        var site = ctx.header(SITE);
        if (site != null) {
            return OWN_SITES.contains(site) ? Sender.THIS_SERVER : Sender.ANOTHER;
        }
        var page = ctx.header(Header.ORIGIN) != null ? ctx.header(Header.ORIGIN) : ctx.header(Header.REFERER);
        if (page == null) {
            return Sender.UNKNOWN;
        }
        return isThisServer(ctx, page, "http://") || isThisServer(ctx, page, "https://") ? Sender.THIS_SERVER : Sender.ANOTHER;
    }

    /** @return whether the address of a page, or of its origin, begins as this server's addresses do */
    private static boolean isThisServer(Context ctx, String page, String scheme) {
        var host = ctx.header(Header.HOST);
        if (host == null) {
            return false;
        }
        var origin = scheme + host.toLowerCase(Locale.ROOT);
        var address = page.toLowerCase(Locale.ROOT);
        return address.equals(origin) || address.startsWith(origin + "/");
    }

    /** A proxy in front may be the one that speaks https. Who forges it makes the own cookie stricter, no more. */
    private static boolean isHttps(Context ctx) {
        var origin = ctx.header(Header.ORIGIN);
        return ctx.scheme().equals("https")
                || "https".equalsIgnoreCase(ctx.header("X-Forwarded-Proto"))
                || origin != null && isThisServer(ctx, origin, "https://");
    }

    private static ApiException refused() {
        return ApiException.forbidden("A page of another origin may not do this");
    }
}
