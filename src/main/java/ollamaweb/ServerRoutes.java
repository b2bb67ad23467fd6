package ollamaweb;

import static io.javalin.apibuilder.ApiBuilder.get;
import static ollamaweb.http.Role.ANYONE;

import io.javalin.apibuilder.EndpointGroup;
import java.util.Optional;

/** {@code /} and {@code /health}: what this is, and that it lives. */
final class ServerRoutes implements EndpointGroup {

    static final String NAME = "Ollama Web GUI API";
    /** From the jar's manifest; classes that are run without their jar have none. */
    static final String VERSION = Optional.ofNullable(ServerRoutes.class.getPackage().getImplementationVersion()).orElse("development");

    record About(String name, String version, String docs, String health) {}

    record Health(String status, String service, String version) {}

    @Override
    public void addEndpoints() {
        get("/", ctx -> ctx.json(new About(NAME, VERSION, "/docs", "/health")), ANYONE);
        get("/health", ctx -> ctx.json(new Health("healthy", NAME, VERSION)), ANYONE);
    }
}
