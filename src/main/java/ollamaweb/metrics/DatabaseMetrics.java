package ollamaweb.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import ollamaweb.db.Database;
import ollamaweb.db.DatabaseLoad;
import ollamaweb.db.DatabaseObserver;

/** How long the database takes, how many of its connections are in use, and what waits for it. */
final class DatabaseMetrics implements DatabaseObserver {

    private static final String CONNECTIONS = "ollama.web.database.connections";
    private static final Duration[] BUCKETS = {Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(20),
            Duration.ofMillis(100), Duration.ofMillis(500), Duration.ofSeconds(2)};

    private final MeterRegistry registry;
    private final Timer writes;
    private final Timer reads;

    DatabaseMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.writes = timer("ollama.web.database.write", "How long a write took, from when it was asked for until it was on disk");
        this.reads = timer("ollama.web.database.read", "How long a statement took that reads");
    }

    void watch(Database database) {
        connections(database, "active", DatabaseLoad::active);
        connections(database, "idle", DatabaseLoad::idle);
        gauge(database, CONNECTIONS + ".max", "How many connections there are at most", DatabaseLoad::most);
        gauge(database, CONNECTIONS + ".awaited", "Who waits for a connection", DatabaseLoad::awaited);
        gauge(database, "ollama.web.database.writes.waiting", "Writes that wait for their turn", DatabaseLoad::writesWaiting);
        database.observe(this);
    }

    @Override
    public void hasWritten(long nanos) {
        writes.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void hasRead(long nanos) {
        reads.record(nanos, TimeUnit.NANOSECONDS);
    }

    private void connections(Database database, String state, ToIntFunction<DatabaseLoad> number) {
        Gauge.builder(CONNECTIONS, () -> number.applyAsInt(database.load())).description("Connections in the pools, by what they do")
                .tag("state", state).register(registry);
    }

    private void gauge(Database database, String name, String description, ToIntFunction<DatabaseLoad> number) {
        Gauge.builder(name, () -> number.applyAsInt(database.load())).description(description).register(registry);
    }

    private Timer timer(String name, String description) {
        return Timer.builder(name).description(description).serviceLevelObjectives(BUCKETS).register(registry);
    }
}
