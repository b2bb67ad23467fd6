package ollamaweb.health;

import static io.javalin.apibuilder.ApiBuilder.get;
import static io.javalin.http.HttpStatus.OK;
import static io.javalin.http.HttpStatus.SERVICE_UNAVAILABLE;
import static ollamaweb.http.Role.ANYONE;

import com.github.benmanes.caffeine.cache.Ticker;
import io.javalin.apibuilder.EndpointGroup;
import io.javalin.http.Context;
import java.time.Duration;
import ollamaweb.db.Database;
import ollamaweb.providers.ModelProvider;

/** {@code /api/v1/health}: whether what this server stands on holds; answers within two seconds, whatever is wrong. */
public final class HealthRoutes implements EndpointGroup {

    private static final Duration PROBE_TIMEOUT = Duration.ofMillis(1200);
    private static final Duration OLLAMA_REMEMBERED_FOR = Duration.ofSeconds(5);

    private final String version;
    private final Probe database;
    private final Probe ollama;

    /** @param ollama the server's own */
    public HealthRoutes(String version, Database database, ModelProvider ollama, Ticker ticker) {
        this.version = version;
        this.database = new Probe(database::isAlive, PROBE_TIMEOUT, Duration.ZERO, ticker);
        this.ollama = new Probe(() -> ollama.answers(PROBE_TIMEOUT), PROBE_TIMEOUT, OLLAMA_REMEMBERED_FOR, ticker);
    }

    @Override
    public void addEndpoints() {
        get("health", this::show, ANYONE);
    }

    record Health(String status, String version, Services services) {}

    /** @param redis disabled: nothing here needs one */
    record Services(String db, String redis, String ollama) {}

    private void show(Context ctx) {
        var ollamaAnswer = ollama.ask();
        boolean databaseHolds = database.ask().join();
        var services = new Services(
                databaseHolds ? "ok" : "error",
                "disabled",
                ollamaAnswer.join() ? "ok" : "unreachable");
        ctx.status(databaseHolds ? OK : SERVICE_UNAVAILABLE)
                .json(new Health(databaseHolds ? "healthy" : "unhealthy", version, services));
    }
}
