package ollamaweb.health;

import static io.javalin.apibuilder.ApiBuilder.get;
import static ollamaweb.http.Role.ANYONE;
import static ollamaweb.http.Role.UNCOUNTED;

import com.github.benmanes.caffeine.cache.Ticker;
import io.javalin.apibuilder.EndpointGroup;
import io.javalin.http.Context;
import java.time.Duration;
import ollamaweb.db.Database;
import ollamaweb.http.ApiException;

/**
 * {@code /health/ready}, for orchestrators: whether requests may be sent here now. The schema is brought up to date before the
 * server listens, and one that stops refuses this like any other request.
 */
public final class ReadinessRoutes implements EndpointGroup {

    private static final Duration PROBE_TIMEOUT = Duration.ofMillis(1200);
    private static final int RETRY_SECONDS = 1;

    private final Probe database;

    public ReadinessRoutes(Database database, Ticker ticker) {
        this.database = new Probe(database::isAlive, PROBE_TIMEOUT, Duration.ZERO, ticker);
    }

    record Readiness(String status) {}

    @Override
    public void addEndpoints() {
        get("health/ready", this::show, ANYONE, UNCOUNTED);
    }

    private void show(Context ctx) {
        if (!database.ask().join()) {
            throw ApiException.busy("The database does not answer", RETRY_SECONDS);
        }
        ctx.json(new Readiness("ready"));
    }
}
