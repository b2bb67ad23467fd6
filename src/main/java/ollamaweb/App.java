package ollamaweb;

import static io.javalin.apibuilder.ApiBuilder.path;

import com.github.benmanes.caffeine.cache.Ticker;
import io.javalin.Javalin;
import io.javalin.util.JavalinLogger;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import ollamaweb.backup.NightlyBackup;
import ollamaweb.chat.GenerationLimits;
import ollamaweb.chat.Generations;
import ollamaweb.cluster.Peers;
import ollamaweb.concurrent.Nightly;
import ollamaweb.config.ConfigRoutes;
import ollamaweb.conversations.ConversationLimits;
import ollamaweb.crypto.Encryption;
import ollamaweb.crypto.HashingCosts;
import ollamaweb.crypto.SecretKey;
import ollamaweb.db.BackgroundWork;
import ollamaweb.db.Database;
import ollamaweb.docs.DocsRoutes;
import ollamaweb.files.FileStore;
import ollamaweb.health.HealthRoutes;
import ollamaweb.health.ReadinessRoutes;
import ollamaweb.http.ErrorHandling;
import ollamaweb.http.OpenStreams;
import ollamaweb.http.RequestSteps;
import ollamaweb.http.RevokedCredentials;
import ollamaweb.http.WebServer;
import ollamaweb.limits.Buckets;
import ollamaweb.limits.DailyTokens;
import ollamaweb.limits.RequestLimiter;
import ollamaweb.metrics.Metrics;
import ollamaweb.metrics.MetricsRoutes;
import ollamaweb.models.ModelCatalogue;
import ollamaweb.models.ModelProviders;
import ollamaweb.models.ModelRoutes;
import ollamaweb.models.OllamaUrls;
import ollamaweb.models.ProviderErrors;
import ollamaweb.models.care.ModelCareRoutes;
import ollamaweb.models.care.ModelManagers;
import ollamaweb.models.care.Pulls;
import ollamaweb.outbound.OutboundGuard;
import ollamaweb.prompts.PromptRoutes;
import ollamaweb.providers.ProviderException;
import ollamaweb.purge.Purge;
import ollamaweb.sharing.SharingRoutes;
import ollamaweb.turns.Turns;
import ollamaweb.upstreams.UpstreamRoutes;
import ollamaweb.upstreams.Upstreams;
import ollamaweb.web.SiteSource;
import ollamaweb.web.WebRoutes;

/** The whole server, wired by hand; readable from top to bottom. */
public final class App implements AutoCloseable {

    private final Database database;
    private final SignInServices signIn;
    private final UpstreamProviders places;
    private final GatewayServices gateway;
    private final Pulls pulls;
    private final LibraryServices library;
    private final ModelProviders providers;
    private final Peers peers;
    private final Turns turns;
    private final Buckets buckets;
    private final Generations generations;
    private final RegisteredRoutes routes = new RegisteredRoutes();
    private final PlanningServices planning;
    private final ConversationServices conversations;
    private final Purge purge;
    private final BackgroundWork background;
    private final Metrics metrics;
    private final Nightly backups;
    private final SiteSource site = SiteSource.ofProperty();
    private final Javalin web;
    private volatile boolean closing;

    /**
     * Opens the database and prepares the routes; {@link #start} then listens.
     *
     * @param clock  tells the time that is stored and compared
     * @param ticker tells the age of what is cached
     * @param costs  of new hashes
     * @throws IOException if the database or a secret cannot be opened
     */
    public static App open(Settings settings, Clock clock, Ticker ticker, HashingCosts costs) throws IOException {
        var database = settings.storage().open();
        try {
            return new App(settings, database, clock, ticker, costs);
        } catch (IOException | RuntimeException | Error e) {
            database.close();
            throw e;
        }
    }

    /**
     * As {@link #open(Settings, Clock, Ticker, HashingCosts)}, on a database that is open; it is closed by {@link #close}, not if this fails.
     *
     * @throws IOException if a secret cannot be opened
     */
    App(Settings settings, Database database, Clock clock, Ticker ticker, HashingCosts costs) throws IOException {
        this.database = database;
        var secrets = settings.storage().secrets();
        var secret = new SecretKey(secrets.secretKey());
        peers = Peers.open(database, settings.redisUrl(), clock);
        var guard = new OutboundGuard(settings.ollamaHosts());
        turns = new Turns(database, settings.ollamaParallel(), peers::serverId);
        places = new UpstreamProviders(settings, turns);
        var upstreams = new Upstreams(database, settings.upstreams(), new Encryption(secret), ticker);
        var ollamaUrls = new OllamaUrls(database, guard, settings.ollamaUrl());
        providers = new ModelProviders(ollamaUrls, places.ollamas(), upstreams, places, ticker);
        var revoked = new RevokedCredentials();
        var streams = new OpenStreams(revoked);
        signIn = new SignInServices(settings, database, secret, secrets.jwtSecretKey(), ollamaUrls, revoked, costs, clock, ticker);
        var catalogue = new ModelCatalogue(providers, ticker);
        var limits = new ConversationLimits(settings.maxConversationMessages(), settings.maxAnswerBytes());
        var files = new FileStore(database, settings.fileLimits(), peers::serverId, clock);
        generations = new Generations(database, providers, catalogue, files, turns, settings.streamIdleTimeout(),
                new GenerationLimits(limits, settings.contextMessages()), peers, clock);
        planning = new PlanningServices(settings, database, secret, streams, providers, turns, generations::count, peers, clock);
        var tokens = new DailyTokens(database, clock);
        var news = new PeerNews(peers.announcements(), revoked, catalogue, upstreams, ollamaUrls, signIn.accounts(), tokens);
        var page = new WebRoutes(site);
        buckets = new Buckets(peers, ticker);
        gateway = new GatewayServices(settings, database, places, providers, turns, revoked, generations, tokens::count);
        var managers = new ModelManagers(providers, places::ollama);
        pulls = new Pulls(database, managers, news::modelsChanged, peers::serverId, clock);
        conversations = new ConversationServices(database, secret, files, generations, streams, revoked, peers::serverId, clock);
        library = new LibraryServices(settings, database, secret, revoked, files, limits, planning::rescheduled, peers::serverId, clock);
        purge = new Purge(settings.trashTime(), clock);
        background = new BackgroundWork(database, BackgroundTasks.of(database, purge, settings.auditTime(), clock), clock);
        backups = NightlyBackup.of(settings.storage(), settings.backups(), ServerRoutes.VERSION, clock);
        metrics = ServerMetrics.of(database, generations, turns, streams);
        var http = settings.http();
        web = Javalin.create(config -> {
            WebServer.configure(config, http);
            WebServer.beforeFirstRequest(config, this::resume);
            ErrorHandling.install(config);
            config.routes.exception(ProviderException.class, (e, ctx) -> ErrorHandling.refused(ProviderErrors.answer(e), ctx));
            config.events.handlerAdded(routes::note);
            RequestSteps.install(config, () -> closing, http.cors(), signIn.access(),
                    new RequestLimiter(settings.rateLimits(), buckets, tokens), metrics.requests());
            config.routes.apiBuilder(() -> {
                new ServerRoutes(page).addEndpoints();
                new ReadinessRoutes(database, ticker).addEndpoints();
                new MetricsRoutes(metrics, settings.metricsToken(), http.isLoopback()).addEndpoints();
                page.addEndpoints();
                new DocsRoutes().addEndpoints();
                gateway.addEndpoints();
                new SharingRoutes(database, secret, peers::serverId, clock).addEndpoints();
                path("api", () -> {
                    signIn.addSetup(providers);
                    new ConfigRoutes(database, ollamaUrls, planning::rescheduled).addEndpoints();
                    new ModelRoutes(catalogue, news::modelsForgotten).addEndpoints();
                    new ModelCareRoutes(database, pulls, managers, streams, news::modelsChanged).addEndpoints();
                    new UpstreamRoutes(database, upstreams, guard, news::upstreamsChanged, clock).addEndpoints();
                    conversations.addEndpoints();
                    new PromptRoutes(database, clock).addEndpoints();
                    library.addEndpoints();
                    path("v1", () -> {
                        new HealthRoutes(ServerRoutes.VERSION, database, peers.hasRedis() ? peers::redisAnswers : null,
                                providers.own(), ticker).addEndpoints();
                        signIn.addEndpoints();
                        signIn.addProfile(planning::rescheduled);
                        signIn.addAdministration(tokens.limited()::changed);
                        planning.addEndpoints();
                    });
                });
            });
        });
    }

    /**
     * Listens, puts in order what an earlier run left, and then takes requests, in this order: a start that fails because
     * the port is taken has changed nothing. If it fails, everything is closed.
     *
     * @throws io.javalin.util.JavalinException if the port is taken or not to be had, or the database cannot be written
     */
    public App start() {
        JavalinLogger.enabled = false; // says of a failure no more than that there is one; the exception tells which
        try {
            web.start();
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        } finally {
            JavalinLogger.enabled = true;
        }
        site.prepare();
        return this;
    }

    /** Those who connect meanwhile wait. */
    private void resume() {
        peers.start(List.of(generations::releaseSome, planning::releaseSome, purge::releaseSome, turns::releaseSome,
                pulls::releaseSome, library::releaseSome));
        buckets.start();
        places.start();
        generations.start();
        planning.start();
        conversations.start();
        pulls.start();
        library.start();
        background.start();
        backups.start();
    }

    /** @return the port it listens on */
    public int port() {
        return web.port();
    }

    /** @return every route there is */
    public List<RegisteredRoutes.Route> routes() {
        return routes.all();
    }

    /** @return whether the server's own Ollama answers */
    public boolean ollamaAnswers() {
        return providers.ownAnswers();
    }

    /** Takes no new requests, saves the answers in the making, tells those who follow them, and closes everything. */
    @Override
    public void close() {
        closing = true;
        try {
            generations.close();
            planning.close();
            conversations.close();
            gateway.close();
            pulls.close();
            library.close();
            web.stop();
            background.close();
            backups.close();
            buckets.close();
            peers.close();
            places.close();
            signIn.close();
        } finally {
            metrics.close();
            database.close();
        }
    }
}
