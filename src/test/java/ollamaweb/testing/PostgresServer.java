package ollamaweb.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import ollamaweb.db.Migrations;
import ollamaweb.db.Secrets;
import ollamaweb.db.postgresql.PostgresStorage;
import ollamaweb.db.postgresql.PostgresUrl;

/** A PostgreSQL that is started once for all tests of a run; each gets databases of its own, with the schema in them. */
public final class PostgresServer {

    private static final String TEMPLATE = "migrated";
    private static final String LIKE_TEMPLATE = " TEMPLATE " + TEMPLATE;
    /** Those of SQLite with which tests make up rows. */
    private static final String SQLITE_FUNCTIONS = """
            CREATE FUNCTION printf(format text, times int, part text) RETURNS text LANGUAGE sql RETURN repeat(part, times);
            CREATE FUNCTION zeroblob(size int) RETURNS bytea LANGUAGE sql RETURN decode(repeat('00', size), 'hex');
            CREATE FUNCTION randomblob(size int) RETURNS bytea LANGUAGE sql
                RETURN decode(left(repeat(md5(random()::text), size / 16 + 1), 2 * size), 'hex');
            CREATE FUNCTION hex(bytes bytea) RETURNS text LANGUAGE sql RETURN upper(encode(bytes, 'hex'));""";
    private static final int FIRST_PORT = 20_000;
    private static final int LAST_PORT = 32_000;
    private static final int MOST_PORTS = 100;
    private static final AtomicInteger MADE = new AtomicInteger();
    /** Makes databases before they are asked for, and drops them after, which takes a quarter of a second. */
    private static final ExecutorService BESIDE = Executors.newSingleThreadExecutor(work -> {
        var thread = new Thread(work, "databases-of-tests");
        thread.setDaemon(true);
        return thread;
    });
    private static Future<String> next;

    private static final class Running {

        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                var server = launched();
                execute(server, "CREATE DATABASE " + TEMPLATE);
                new PostgresStorage(PostgresUrl.parse(url(server, TEMPLATE)), 4, new Secrets(null, null)).migrate(Migrations::up);
                try (var connection = DriverManager.getConnection(server.getJdbcUrl("postgres", TEMPLATE))) {
                    connection.createStatement().execute(SQLITE_FUNCTIONS);
                }
                return server;
            } catch (IOException | SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        /** On a busy machine its port may be taken meanwhile, or it takes too long. */
        private static EmbeddedPostgres launched() throws IOException {
            try {
                return launch();
            } catch (IOException e) {
                return launch();
            }
        }

        private static EmbeddedPostgres launch() throws IOException {
            return EmbeddedPostgres.builder()
                    .setPort(freePort())
                    .setServerConfig("fsync", "off")
                    .setServerConfig("full_page_writes", "off")
                    .setServerConfig("max_connections", "300")
                    .setLocaleConfig("locale", "C.UTF-8")
                    .setLocaleConfig("encoding", "UTF8")
                    .setPGStartupWait(Duration.ofMinutes(1))
                    .start();
        }
    }

    private PostgresServer() {}

    /** Not one of those that connections of other tests get meanwhile. */
    private static int freePort() throws IOException {
        for (int i = 0; i < MOST_PORTS; i++) {
            try (var socket = new ServerSocket(ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT))) {
                return socket.getLocalPort();
            } catch (BindException e) {
                // Somebody else's.
            }
        }
        throw new IOException("no port from " + FIRST_PORT + " to " + LAST_PORT + " is free");
    }

    /** @return the URL of a new database with the schema, as {@code DATABASE_URL} takes it */
    public static synchronized String newDatabase() {
        try {
            var made = next == null ? newDatabase(LIKE_TEMPLATE) : next.get();
            next = BESIDE.submit(() -> newDatabase(LIKE_TEMPLATE));
            return made;
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError("No database could be made", e);
        }
    }

    /** @return the URL of a new database with nothing in it */
    public static String newEmptyDatabase() {
        return newDatabase("");
    }

    /** Deletes a database soon, whoever uses it. */
    public static void drop(String url) {
        BESIDE.execute(() -> execute(Running.SERVER, "DROP DATABASE IF EXISTS " + PostgresUrl.parse(url).name() + " WITH (FORCE)"));
    }

    /** @return a connection to a database, to be closed by the caller */
    public static Connection connect(String url) throws SQLException {
        return DriverManager
                .getConnection(Running.SERVER.getJdbcUrl("postgres", PostgresUrl.parse(url).name()) + "&stringtype=unspecified");
    }

    public static int port() {
        return Running.SERVER.getPort();
    }

    /** Runs a statement as the server's administrator. */
    public static void execute(String statement) {
        execute(Running.SERVER, statement);
    }

    /** Makes a user who has to show a password, which all others need not. */
    public static void requirePasswordOf(String user, String password) {
        execute("CREATE ROLE " + user + " LOGIN PASSWORD '" + password + "'");
        execute("DO $$ BEGIN EXECUTE format('COPY (VALUES (''host all " + user + " all scram-sha-256''), (''local all all trust''),"
                + " (''host all all all trust'')) TO %L', current_setting('hba_file')); END $$");
        execute("SELECT pg_reload_conf()");
    }

    private static String newDatabase(String like) {
        var name = "test_" + MADE.incrementAndGet();
        execute(Running.SERVER, "CREATE DATABASE " + name + like);
        return url(Running.SERVER, name);
    }

    private static String url(EmbeddedPostgres server, String name) {
        return "postgresql://postgres:postgres@localhost:" + server.getPort() + "/" + name;
    }

    private static void execute(EmbeddedPostgres server, String statement) {
        try (var connection = server.getPostgresDatabase().getConnection(); var sql = connection.createStatement()) {
            sql.execute(statement);
        } catch (SQLException e) {
            throw new AssertionError(statement, e);
        }
    }
}
