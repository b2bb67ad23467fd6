package ollamaweb.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import ollamaweb.testing.PostgresServer;
import ollamaweb.testing.Program;
import ollamaweb.testing.Redis;
import ollamaweb.testing.TcpProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Redis that will not do stops the start, with one line that names the setting. */
class RedisStartTest {

    @TempDir
    Path folder;

    private String database;

    @BeforeEach
    void make() {
        database = PostgresServer.newDatabase();
    }

    @AfterEach
    void drop() {
        PostgresServer.drop(database);
    }

    @Test
    void a_wrong_password_is_said_and_not_shown() throws Exception {
        try (var redis = Redis.start("right")) {
            refuses("REDIS_URL: Redis refuses this server: ", "redis://:s3cret@localhost:" + redis.port());
        }
    }

    @Test
    void one_that_is_too_old_is_named_with_its_version() throws Exception {
        var version = Pattern.compile("redis_version:\\d");
        try (var redis = Redis.start();
                var older = new TcpProxy(redis.port(), said -> version.matcher(said).replaceFirst("redis_version:5"))) {
            refuses("REDIS_URL: this needs Redis 6.2 or later; the server is 5.", "redis://localhost:" + older.port());
        }
    }

    private void refuses(String line, String redis) throws Exception {
        var environment = Map.of("DATABASE_URL", database, "REDIS_URL", redis, "SECRET_KEY", "k".repeat(32), "JWT_SECRET_KEY",
                "j".repeat(32));
        try (var program = Program.start(folder, environment, "--port", "0")) {
            var outcome = program.awaitEnd();
            assertThat(outcome.err()).startsWith("ollama-web: " + line).hasLineCount(1).doesNotContain("s3cret", "right");
            assertThat(outcome.exitCode()).isEqualTo(1);
        }
    }
}
