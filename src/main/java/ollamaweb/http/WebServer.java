package ollamaweb.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.json.JavalinJackson;
import java.time.Duration;
import java.util.Arrays;
import ollamaweb.concurrent.Threads;
import ollamaweb.json.Json;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** How the embedded Jetty is set up: threads, limits, and nothing that tells what software this is. */
public final class WebServer {

    private static final int MAX_THREADS = 250;
    private static final int MIN_THREADS = 8;
    private static final int MOST_WAITING_TO_CONNECT = 4096;
    private static final int LEAST_COMPRESSED_BYTES = 1024;
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration HEAD_LIMIT = Duration.ofSeconds(10);

    /** As strict as Jetty is by itself, but for the encoded slashes in names of models. */
    private static final UriCompliance SLASHES_IN_NAMES = UriCompliance.DEFAULT.with("SLASHES_IN_NAMES",
            UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR, UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING);

    private WebServer() {}

    public static void configure(JavalinConfig config, HttpSettings settings) {
        var headers = new ResponseHeaders(settings.cors());
        var errors = new JettyErrorHandler(headers);
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        config.http.defaultContentType = "application/json";
        config.http.compressionStrategy.setDefaultMinSizeForCompression(LEAST_COMPRESSED_BYTES);
        config.jsonMapper(new JavalinJackson(Json.MAPPER, false));
        config.jetty.addConnector((server, http) -> connector(server, http, settings));
        config.jetty.threadPool = threads();
        config.jetty.modifyServer(WebServer::stopPromptly);
        config.jetty.modifyServer(server -> {
            server.setErrorHandler(errors);
            server.addBean(new RequestTimeouts(server, HEAD_LIMIT));
            server.addEventListener(new LifeCycle.Listener() {
                @Override
                public void lifeCycleStarting(LifeCycle starting) {
                    server.setHandler(new LingeringClose(server.getHandler()));
                }

                @Override
                public void lifeCycleStarted(LifeCycle started) {
                    settings.warn();
                }
            });
        });
        config.jetty.modifyServletContextHandler(context -> context.setErrorHandler(errors));
        config.jetty.modifyHttpConfiguration(http -> {
            http.setIdleTimeout(IDLE_TIMEOUT.toMillis());
            http.setSendServerVersion(false);
            http.setSendDateHeader(true);
            http.setUriCompliance(SLASHES_IN_NAMES);
            // By itself Jetty takes a token for the one before it on the connection that differs only in capital letters.
            http.setHeaderCacheCaseSensitive(true);
            http.addCustomizer(new RequestGuard(settings, headers));
        });
        config.routes.beforeMatched(BodyLimit::check);
        config.routes.after(WebServer::nameCharset);
        config.routes.after(VersionedAnswers::check);
        config.routes.after(new LargeAnswers()::send);
    }

    /** JSON is UTF-8 by itself, but not every client knows. */
    private static void nameCharset(Context ctx) {
        if ("application/json".equals(ctx.res().getContentType()) && !ctx.res().isCommitted()) {
            ctx.contentType(ErrorHandling.JSON);
        }
    }

    /**
     * Has something done once the port is ours and before the first request is read. Who connects meanwhile waits; if it
     * throws, the start fails with it as the cause.
     */
    public static void beforeFirstRequest(JavalinConfig config, Runnable work) {
        config.jetty.modifyServer(server -> server.addBean(new AbstractLifeCycle() {
            @Override
            protected void doStart() {
                if (!Arrays.stream(server.getConnectors()).allMatch(connector -> ((NetworkConnector) connector).isOpen())) {
                    throw new IllegalStateException("The port is not open yet");
                }
                work.run();
            }
        }));
    }

    /** A client that finds the queue full tries again after a second; Jetty's own is soon full when many connect at once. */
    private static ServerConnector connector(Server server, HttpConfiguration http, HttpSettings settings) {
        var limits = new ConnectionLimits(settings.maxConnections(), settings.trustedProxies());
        var connector = new LimitedConnector(server, new HttpConnectionFactory(http), limits);
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setAcceptQueueSize(MOST_WAITING_TO_CONNECT);
        return connector;
    }

    /** On a JDK that has virtual threads, requests run on them. */
    private static QueuedThreadPool threads() {
        var pool = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
        pool.setName("http");
        pool.setVirtualThreadsExecutor(Threads.virtual());
        return pool;
    }

    private static void stopPromptly(Server server) {
        server.setStopTimeout(0);
        server.setStopAtShutdown(false);
    }
}
