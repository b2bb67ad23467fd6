package ollamaweb;

import static io.javalin.apibuilder.ApiBuilder.get;
import static ollamaweb.http.Role.ANYONE;
import static ollamaweb.http.Role.UNCOUNTED;

import io.javalin.apibuilder.EndpointGroup;
import io.javalin.http.Context;
import java.util.Optional;
import ollamaweb.web.WebRoutes;

/** {@code /} and {@code /health}: what this is, and that it lives. */
final class ServerRoutes implements EndpointGroup {

    static final String NAME = "Ollama Web GUI API";
    /** From the jar's manifest; classes that are run without their jar have none. */
    static final String VERSION = Optional.ofNullable(ServerRoutes.class.getPackage().getImplementationVersion()).orElse("development");

    private final WebRoutes page;

    ServerRoutes(WebRoutes page) {
        this.page = page;
    }

    record About(String name, String version, String docs, String health) {}

    record Health(String status, String service, String version) {}

    @Override
    public void addEndpoints() {
        get("/", this::welcome, ANYONE, UNCOUNTED);
        get("/health", ctx -> ctx.json(new Health("healthy", NAME, VERSION)), ANYONE, UNCOUNTED);
    }

    private void welcome(Context ctx) {
        if (WebRoutes.isWanted(ctx)) {
            page.show(ctx);
        } else {
            ctx.json(new About(NAME, VERSION, "/docs", "/health"));
        }
    }
}
