package ollamaweb.testing;

import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import ollamaweb.App;
import ollamaweb.RegisteredRoutes;
import ollamaweb.Settings;
import ollamaweb.crypto.HashingCosts;
import ollamaweb.log.Logs;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real server for each test: port 0, a database of its own ({@link TestDatabase}), a scripted Ollama, a clock that the test
 * can turn. {@code @RegisterExtension final TestApp app = new TestApp();} A static field is one server for the whole class.
 */
public final class TestApp implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, AutoCloseable {

    static {
        Logs.chooseProvider();
    }

    /** A suite that registers a thousand people would otherwise spend minutes on their passwords. */
    private static final HashingCosts LITTLE = new HashingCosts(4, 4);

    private static final OkHttpClient HTTP = new OkHttpClient.Builder()
            .readTimeout(Duration.ofSeconds(30))
            .followRedirects(false)
            .build();

    private final Map<String, String> settings = new HashMap<>();
    private final Map<String, Client> people = new HashMap<>();
    private TestClock clock;
    private ScriptedOllama ollama;
    private Path folder;
    private App app;
    private boolean shared;
    private HashingCosts costs = LITTLE;

    /** Sets a variable before the server starts. */
    public TestApp with(String name, String value) {
        settings.put(name, value);
        return this;
    }

    /** Has passwords and keys hashed with the work that servers put in. */
    public TestApp withStandardHashing() {
        costs = HashingCosts.STANDARD;
        return this;
    }

    /** @return a server of the test's own, to be closed by it, with these variables and their values */
    public static TestApp started(String... settings) throws Exception {
        var app = new TestApp();
        for (int i = 0; i < settings.length; i += 2) {
            app.with(settings[i], settings[i + 1]);
        }
        app.open();
        return app;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        shared = true;
        open();
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        if (!shared) {
            open();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        if (!shared) {
            close();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        close();
    }

    private void open() throws Exception {
        folder = Files.createTempDirectory("ollama-web-test");
        clock = new TestClock();
        ollama = ScriptedOllama.start();
        TestDatabase.create(database());
        start();
    }

    @Override
    public void close() throws Exception {
        app.close();
        ollama.close();
        people.clear();
        TestDatabase.drop(database());
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Stops the server and starts it again on the same files. */
    public void restart() {
        app.close();
        people.clear();
        start();
    }

    /** @return somebody by that name, with a key and an account of their own */
    public Client as(String name) {
        return people.computeIfAbsent(name, newcomer -> {
            var key = "key-of-" + newcomer;
            var answer = anonymous().post("/api/auth/setup", "{\"api_key\":\"" + key + "\"}");
            Answer.assertThat(answer).isOk();
            return with(key);
        });
    }

    /** @return somebody who has no token */
    public Client anonymous() {
        return with((String) null);
    }

    /** @return somebody who holds this token */
    public Client with(String token) {
        return new Client(HTTP, url(), token);
    }

    /** @return somebody who has no token and calls from this address of the machine, such as {@code 127.0.0.7} */
    public Client from(String address) {
        return new Client(HTTP.newBuilder()
                .socketFactory(new BoundSockets(address))
                .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                .build(), url(), null);
    }

    public String url() {
        return "http://127.0.0.1:" + app.port();
    }

    public int port() {
        return app.port();
    }

    public List<RegisteredRoutes.Route> routes() {
        return app.routes();
    }

    public ScriptedOllama ollama() {
        return ollama;
    }

    public TestClock clock() {
        return clock;
    }

    /** @return the SQLite file; {@link TestDatabase#connect} leads to the database, whichever kind it is */
    public Path database() {
        return folder.resolve("test.db");
    }

    /** Waits until whatever was written, also past the server, can be found by a search, and can no longer if it was deleted. */
    public void awaitIndexed() {
        background().awaitIndexed();
    }

    /** Waits until long texts are kept as they are to be. */
    public void awaitCompressed() {
        background().awaitCompressed();
    }

    /** Waits until the rows of whatever was deleted are gone. */
    public void awaitPurged() {
        background().awaitPurged();
    }

    /** A write of anybody makes the server look at it at once. */
    private BackgroundWork background() {
        people.values().stream().findFirst().ifPresent(somebody -> somebody.post("/api/config/save", "{}"));
        return new BackgroundWork(database());
    }

    /** Takes every connection that the server reads with, as a disk that does not answer would, until the latch is down. */
    public void takeReaders(CountDownLatch until) throws Exception {
        BusyReaders.take(app, until);
    }

    private void start() {
        var values = new HashMap<String, String>();
        values.put("PORT", "0");
        values.put("DATABASE_URL", TestDatabase.url(database()));
        values.put("OLLAMA_URL", ollama.url());
        values.put("OLLAMA_PARALLEL", "10000");
        values.put("DB_SYNCHRONOUS", "NORMAL");
        values.put("RATE_LIMIT_ENABLED", "false");
        if (TestDatabase.isPostgres()) {
            values.put("SECRET_KEY", "secret-of-the-tests");
            values.put("JWT_SECRET_KEY", "jwt-secret-of-the-tests-0123456789");
            values.put("DB_POOL_SIZE", "8");
            if (!settings.containsKey("DATABASE_URL")) { // one of several servers says itself whether there is a Redis
                values.put("REDIS_URL", Redis.sharedUrl());
            }
        }
        values.putAll(settings);
        try {
            Ticker ticker = clock::nanos;
            app = App.open(Settings.of(values), clock, ticker, costs).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
