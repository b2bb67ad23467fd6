package ollamaweb.metrics;

import io.javalin.http.RequestLogger;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import ollamaweb.db.Database;
import ollamaweb.usage.AnswerUsage;

/**
 * What is measured of one server: requests, answers, queues, the database and the JVM. Times are in seconds, as Prometheus has
 * them. Nothing of it knows a text, an account or an address, and every label has few values.
 */
public final class Metrics implements AutoCloseable {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gc = new JvmGcMetrics();
    private final RequestMetrics requests = new RequestMetrics(registry);
    private final AnswerMetrics answers = new AnswerMetrics(registry);

    /** @param version of the server */
    public Metrics(String version) {
        Gauge.builder("ollama.web.build", () -> 1).tag("version", version).description("Which version runs").register(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        gc.bindTo(registry);
    }

    /** @return what is to be told of each request once it is answered */
    public RequestLogger requests() {
        return requests::ended;
    }

    /** @return what is to be told of each answer of a model once it has ended */
    public Consumer<AnswerUsage> answers() {
        return answers::ended;
    }

    /** Measures a database from now on. */
    public void watch(Database database) {
        new DatabaseMetrics(registry).watch(database);
    }

    /**
     * Shows a number as it is when it is asked for.
     *
     * @param name in Micrometer's form, {@code ollama.web.streams.open}
     */
    public void gauge(String name, String description, IntSupplier value) {
        Gauge.builder(name, value::getAsInt).description(description).register(registry);
    }

    /** @return all of it in the text format of Prometheus */
    String text() {
        return registry.scrape();
    }

    @Override
    public void close() {
        gc.close();
        registry.close();
    }
}
