package ollamaweb.docs;

import static io.javalin.apibuilder.ApiBuilder.get;
import static io.javalin.apibuilder.ApiBuilder.path;
import static java.nio.charset.StandardCharsets.UTF_8;
import static ollamaweb.http.Role.ANYONE;
import static ollamaweb.http.Role.UNCOUNTED;

import io.javalin.apibuilder.EndpointGroup;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.util.function.Supplier;
import ollamaweb.http.SharedBytes;

/**
 * {@code /openapi.json}, and {@code /docs} and {@code /redoc}, which show it. Each file that a page needs is a route of
 * its own, so that no path from outside ever names a file.
 */
public final class DocsRoutes implements EndpointGroup {

    /** The versions of the webjars in the pom; they are part of the addresses, so that browsers may keep the files. */
    private static final String SWAGGER_UI = "5.34.1";
    private static final String REDOC = "2.1.4";

    private static final String WEBJARS = "/META-INF/resources/webjars/";
    private static final String FOREVER = "public, max-age=31536000, immutable";
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
            + "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; worker-src blob:; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** ReDoc would fetch its maker's logo from the network; an empty one takes its place. */
    private static final String REDOC_LOGO = "https://cdn.redoc.ly/redoc/logo-mini.svg";
    private static final String NO_LOGO = "data:,";

    @Override
    public void addEndpoints() {
        var document = new SharedBytes(() -> Resources.bytes("/openapi.json"));
        get("openapi.json", ctx -> document.sendIfNew(mayKeep(ctx).contentType("application/json;charset=utf-8")), ANYONE, UNCOUNTED);
        path("docs", () -> {
            page("/docs/swagger.html", SWAGGER_UI);
            script("/docs/swagger.js");
            path(SWAGGER_UI, () -> {
                file("swagger-ui-bundle.js", "text/javascript", WEBJARS + "swagger-ui/" + SWAGGER_UI + "/swagger-ui-bundle.js");
                file("swagger-ui.css", "text/css", WEBJARS + "swagger-ui/" + SWAGGER_UI + "/swagger-ui.css");
                file("favicon-32x32.png", "image/png", WEBJARS + "swagger-ui/" + SWAGGER_UI + "/favicon-32x32.png");
            });
        });
        path("redoc", () -> {
            page("/docs/redoc.html", REDOC);
            script("/docs/redoc.js");
            kept(REDOC + "/redoc.standalone.js", "text/javascript", DocsRoutes::redoc);
        });
    }

    private static void page(String resource, String version) {
        get(ctx -> mayKeep(ctx).header("Content-Security-Policy", POLICY).contentType("text/html; charset=utf-8")
                .result(text(resource).replace("{version}", version)), ANYONE, UNCOUNTED);
    }

    private static void script(String resource) {
        get("start.js", ctx -> mayKeep(ctx).contentType("text/javascript; charset=utf-8").result(text(resource)), ANYONE, UNCOUNTED);
    }

    private static void file(String name, String type, String resource) {
        kept(name, type, () -> Resources.bytes(resource));
    }

    private static byte[] redoc() {
        return text(WEBJARS + "redoc/" + REDOC + "/bundles/redoc.standalone.js").replace(REDOC_LOGO, NO_LOGO).getBytes(UTF_8);
    }

    /** A client that keeps it asks each time whether there is another version. */
    private static Context mayKeep(Context ctx) {
        return ctx.header(Header.CACHE_CONTROL, "no-cache");
    }

    private static void kept(String name, String type, Supplier<byte[]> source) {
        var bytes = new SharedBytes(source);
        get(name, ctx -> bytes.send(kept(ctx, type)), ANYONE, UNCOUNTED);
    }

    private static Context kept(Context ctx, String type) {
        return ctx.header(Header.CACHE_CONTROL, FOREVER)
                .contentType(type.startsWith("text/") ? type + "; charset=utf-8" : type);
    }

    private static String text(String resource) {
        return new String(Resources.bytes(resource), UTF_8);
    }
}
