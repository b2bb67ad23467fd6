package ollamaweb.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import ollamaweb.testing.Redis;

/** A PostgreSQL with the settings it comes with, and a Redis; both are gone once this is closed. */
final class Services implements AutoCloseable {

    private final EmbeddedPostgres postgres;
    private final Redis redis;
    private int databases;

    private Services(EmbeddedPostgres postgres, Redis redis) {
        this.postgres = postgres;
        this.redis = redis;
    }

    /** @throws IOException if there are no binaries of them for this system */
    static Services start() throws IOException {
        try {
            var postgres = EmbeddedPostgres.builder().setLocaleConfig("locale", "C.UTF-8").setLocaleConfig("encoding", "UTF8").start();
            return new Services(postgres, Redis.start());
        } catch (RuntimeException e) {
            throw new IOException("PostgreSQL or Redis did not start", e);
        }
    }

    /** @return the settings of a server on a new database, without Redis */
    Map<String, String> newDatabase() throws IOException {
        var name = "bench_" + ++databases;
        execute("postgres", "CREATE DATABASE " + name);
        return Map.of("DATABASE_URL", "postgresql://postgres:postgres@localhost:" + postgres.getPort() + "/" + name);
    }

    /** @return those settings with Redis */
    Map<String, String> withRedis(Map<String, String> settings) {
        var more = new HashMap<>(settings);
        more.put("REDIS_URL", redis.url());
        return more;
    }

    private void execute(String database, String statement) throws IOException {
        try (var connection = postgres.getDatabase("postgres", database).getConnection(); var sql = connection.createStatement()) {
            sql.execute(statement);
        } catch (SQLException e) {
            throw new IOException(statement, e);
        }
    }

    @Override
    public void close() throws IOException {
        try (redis) {
            postgres.close();
        }
    }
}
