package ollamaweb.db.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import ollamaweb.testing.Concurrently;
import ollamaweb.testing.PostgresServer;
import ollamaweb.testing.Program;
import ollamaweb.testing.Program.Outcome;
import ollamaweb.testing.TcpProxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start on PostgreSQL: what stops it says why in one line that names the setting, and never shows the password. */
class PostgresStartTest {

    private static final String MAKE_ONE =
            " must be set when DATABASE_URL names PostgreSQL, the same for all servers; make one with: openssl rand -hex 32";

    @TempDir
    Path folder;

    @Test
    void without_its_secrets_it_says_how_to_make_them() throws Exception {
        var url = PostgresServer.newEmptyDatabase();

        refuses("SECRET_KEY" + MAKE_ONE, Map.of("DATABASE_URL", url));
        refuses("JWT_SECRET_KEY" + MAKE_ONE, Map.of("DATABASE_URL", url, "SECRET_KEY", "s".repeat(32)));
        PostgresServer.drop(url);
    }

    @Test
    void a_wrong_url_password_or_database_is_named() throws Exception {
        PostgresServer.requirePasswordOf("ada", "right");
        int port = PostgresServer.port();

        refuses("DATABASE_URL has an unknown sslmode", settings("postgresql://ada:s3cret@localhost:" + port + "/chat?sslmode=maybe"));
        refuses("DATABASE_URL: PostgreSQL cannot be reached: ", settings("postgresql://ada:s3cret@localhost:1/chat"));
        refuses("DATABASE_URL: PostgreSQL refuses the user or the password: password authentication failed for user \"ada\"",
                settings("postgresql://ada:s3cret@localhost:" + port + "/postgres"));
        refuses("DATABASE_URL: database \"nowhere\" does not exist", settings("postgresql://ada:right@localhost:" + port + "/nowhere"));
    }

    @Test
    void a_server_that_is_too_old_is_named_with_its_version() throws Exception {
        var url = PostgresServer.newEmptyDatabase();
        var version = Pattern.compile("server_version\0\\d\\d");
        try (var older = new TcpProxy(PostgresServer.port(), said -> version.matcher(said).replaceFirst("server_version\00013"))) {
            refuses("DATABASE_URL: PostgreSQL 13.", settings(url.replace(":" + PostgresServer.port() + "/", ":" + older.port() + "/")));
        }
        PostgresServer.drop(url);
    }

    @Test
    void an_extension_that_the_server_lacks_is_named() throws Exception {
        var url = PostgresServer.newEmptyDatabase();
        try (var connection = PostgresServer.connect(url); var statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA fewer");
            statement.execute("CREATE VIEW fewer.pg_available_extensions AS SELECT * FROM pg_available_extensions WHERE name <> 'pg_trgm'");
            statement.execute("ALTER DATABASE " + PostgresUrl.parse(url).name() + " SET search_path = fewer, pg_catalog, public");
        }

        refuses("DATABASE_URL: the server lacks the extension pg_trgm, which is in PostgreSQL's contrib package", settings(url));
        PostgresServer.drop(url);
    }

    @Test
    void a_user_who_may_not_make_the_schema_hears_what_it_takes() throws Exception {
        PostgresServer.execute("CREATE ROLE bob LOGIN PASSWORD 'right'");
        var url = PostgresServer.newEmptyDatabase();

        refuses("DATABASE_URL: the user may not do what is needed: permission denied for schema public",
                settings(url.replace("postgres:postgres@", "bob:right@")));
        PostgresServer.drop(url);
    }

    /** As on servers where only their admin may do that. */
    @Test
    void extensions_that_are_there_already_are_used() throws Exception {
        var url = PostgresServer.newEmptyDatabase();
        try (var connection = PostgresServer.connect(url); var statement = connection.createStatement()) {
            statement.execute("CREATE EXTENSION pg_trgm");
            statement.execute("CREATE EXTENSION btree_gin");
        }
        var outcome = run(Map.of("DATABASE_URL", url), "migrate", "up");

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.exitCode()).isZero();
        PostgresServer.drop(url);
    }

    @Test
    void migrations_go_up_and_down_by_hand() throws Exception {
        var url = PostgresServer.newEmptyDatabase();

        assertThat(run(Map.of("DATABASE_URL", url), "migrate", "status").out()).contains("...pending...");
        assertThat(run(Map.of("DATABASE_URL", url), "migrate", "up").out()).doesNotContain("pending").contains("conversations");
        assertThat(run(Map.of("DATABASE_URL", url), "migrate", "down").out()).contains("...pending...");
        PostgresServer.drop(url);
    }

    @Test
    void two_servers_that_start_at_once_on_an_empty_database_do_not_collide() throws Exception {
        var url = PostgresServer.newEmptyDatabase();
        var outcomes = List.of(migrates(url), migrates(url), migrates(url)).stream().map(CompletableFuture::join).toList();

        assertThat(outcomes).extracting(Outcome::err).containsOnly("");
        assertThat(outcomes).extracting(Outcome::exitCode).containsOnly(0);
        PostgresServer.drop(url);
    }

    @Test
    void a_database_newer_than_the_program_does_not_start() throws Exception {
        var url = PostgresServer.newDatabase();
        try (var connection = PostgresServer.connect(url); var statement = connection.createStatement()) {
            statement.execute("INSERT INTO changelog VALUES (999, '2030-01-01 00:00:00', 'wings')");
        }

        refuses("DATABASE_URL: the database was written by a newer ollama-web (999 wings)", settings(url));
        PostgresServer.drop(url);
    }

    private CompletableFuture<Outcome> migrates(String url) {
        return Concurrently.supply(() -> {
            try {
                return run(Map.of("DATABASE_URL", url), "migrate", "up");
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    private void refuses(String line, Map<String, String> environment) throws Exception {
        var outcome = run(environment, "--port", "0");

        assertThat(outcome.err()).startsWith("ollama-web: " + line).hasLineCount(1).doesNotContain("s3cret", "right");
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.exitCode()).isEqualTo(1);
    }

    private Outcome run(Map<String, String> environment, String... arguments) throws Exception {
        try (var program = Program.start(folder, environment, arguments)) {
            return program.awaitEnd();
        }
    }

    private static Map<String, String> settings(String url) {
        var settings = new HashMap<String, String>();
        settings.put("DATABASE_URL", url);
        settings.put("SECRET_KEY", "k".repeat(32));
        settings.put("JWT_SECRET_KEY", "j".repeat(32));
        return settings;
    }
}
