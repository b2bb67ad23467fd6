package ollamaweb.health;

import static io.javalin.apibuilder.ApiBuilder.get;
import static io.javalin.http.HttpStatus.OK;
import static io.javalin.http.HttpStatus.SERVICE_UNAVAILABLE;
import static ollamaweb.http.Role.ANYONE;

import com.github.benmanes.caffeine.cache.Ticker;
import io.javalin.apibuilder.EndpointGroup;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import ollamaweb.db.Database;
import ollamaweb.providers.ModelProvider;

/** {@code /api/v1/health}: whether what this server stands on holds; answers within two seconds, whatever is wrong. */
public final class HealthRoutes implements EndpointGroup {

    private static final Duration PROBE_TIMEOUT = Duration.ofMillis(1200);
    private static final Duration OLLAMA_REMEMBERED_FOR = Duration.ofSeconds(5);

    private final String version;
    private final Probe database;
    private final Probe redis;
    private final Probe ollama;

    /**
     * @param redis  whether Redis answers, which may take a while; null where there is none
     * @param ollama the server's own
     */
    public HealthRoutes(String version, Database database, BooleanSupplier redis, ModelProvider ollama, Ticker ticker) {
        this.version = version;
        this.database = new Probe(database::isAlive, PROBE_TIMEOUT, Duration.ZERO, ticker);
        this.redis = redis == null ? null : new Probe(redis, PROBE_TIMEOUT, Duration.ZERO, ticker);
        this.ollama = new Probe(() -> ollama.answers(PROBE_TIMEOUT), PROBE_TIMEOUT, OLLAMA_REMEMBERED_FOR, ticker);
    }

    @Override
    public void addEndpoints() {
        get("health", this::show, ANYONE);
    }

    record Health(String status, String version, Services services) {}

    /** @param redis disabled where none was named; without one that was, servers hear of each other a little later */
    record Services(String db, String redis, String ollama) {}

    private void show(Context ctx) {
        var ollamaAnswer = ollama.ask();
        var redisAnswer = redis == null ? CompletableFuture.completedFuture(true) : redis.ask();
        boolean databaseHolds = database.ask().join();
        var services = new Services(
                databaseHolds ? "ok" : "error",
                redis == null ? "disabled" : redisAnswer.join() ? "ok" : "error",
                ollamaAnswer.join() ? "ok" : "unreachable");
        ctx.status(databaseHolds ? OK : SERVICE_UNAVAILABLE)
                .json(new Health(status(databaseHolds, redisAnswer.join()), version, services));
    }

    private static String status(boolean databaseHolds, boolean redisHolds) {
        if (!databaseHolds) {
            return "unhealthy";
        }
        return redisHolds ? "healthy" : "degraded";
    }
}
