package ollamaweb.db.postgresql;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import ollamaweb.db.Dialect;
import ollamaweb.db.Migrations;
import ollamaweb.db.Storage.MigrationWork;
import ollamaweb.db.UnfinishedTransfer;
import org.apache.ibatis.migration.MigrationException;

/** Migrates the schema, one server at a time, after a look at whether this is a server that will do. */
final class Schema {

    private static final int OLDEST = 14;
    private static final List<String> EXTENSIONS = List.of("pg_trgm", "btree_gin");

    /** Any number will do, as long as every ollama-web takes the same. */
    private static final long LOCK = 0x6f6c6c616d61L;
    /** In this time a server that lives has counted up at least once. */
    private static final Duration HEARTBEATS = Duration.ofSeconds(7);
    private static final String LOCK_TIMEOUT = "SET lock_timeout = '10min'";

    private Schema() {}

    /**
     * Others that migrate the same database wait until this has ended.
     *
     * @throws IOException if the database cannot be reached or used, or a migration fails; the message is one line for the
     *                     console and begins with the setting to change
     */
    static void migrate(PostgresConnections connections, MigrationWork work) throws IOException {
        try (var connection = connections.single()) {
            requireUsable(connection);
            lock(connection);
            work.on(new Migrations(connections::single, Dialect.POSTGRESQL));
        } catch (Migrations.NewerSchemaException e) {
            throw new IOException("DATABASE_URL: the database " + e.getMessage(), e);
        } catch (SQLException | MigrationException e) {
            throw StartFailure.of(e);
        }
    }

    /**
     * @return a connection that keeps servers from starting until it is closed
     * @throws IOException as {@link #migrate}, or if a server uses the database
     */
    static Connection connectAlone(PostgresConnections connections) throws IOException {
        try {
            var connection = connections.transferring();
            try {
                lock(connection);
                requireNoServer(connection);
                return connection;
            } catch (SQLException | IOException | RuntimeException | Error e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw StartFailure.of(e);
        }
    }

    /** @return a connection beside those of servers */
    static Connection connect(PostgresConnections connections) throws IOException {
        try {
            return connections.transferring();
        } catch (SQLException e) {
            throw StartFailure.of(e);
        }
    }

    /** @throws SQLException if the database is the target of a transfer that is not complete */
    static void requireWhole(PostgresConnections connections) throws SQLException {
        try (var connection = connections.single()) {
            UnfinishedTransfer.refuse(connection);
        } catch (IOException e) {
            throw new SQLException(e.getMessage(), e);
        }
    }

    private static void lock(Connection connection) throws SQLException {
        run(connection, LOCK_TIMEOUT);
        run(connection, "SELECT pg_advisory_lock(" + LOCK + ")");
    }

    /** A server that lives counts up a number; what a killed one left stands still. */
    private static void requireNoServer(Connection connection) throws SQLException, IOException {
        var beats = "SELECT coalesce(string_agg(id || ':' || beats, ',' ORDER BY id), '') FROM servers";
        var before = text(connection, beats);
        if (!before.isEmpty()) {
            LockSupport.parkNanos(HEARTBEATS.toNanos());
        }
        if (!text(connection, beats).equals(before)) {
            throw new IOException("DATABASE_URL: a server uses this database; stop all of them first");
        }
    }

    private static void requireUsable(Connection connection) throws SQLException, IOException {
        var metadata = connection.getMetaData();
        if (metadata.getDatabaseMajorVersion() < OLDEST) {
            throw new IOException("DATABASE_URL: PostgreSQL " + metadata.getDatabaseProductVersion() + " is too old, it takes "
                    + OLDEST + " or later");
        }
        if (!text(connection, "SHOW server_encoding").equals("UTF8")) {
            throw new IOException("DATABASE_URL: the database's encoding is " + text(connection, "SHOW server_encoding")
                    + "; make one with: createdb --encoding UTF8 --template template0 NAME");
        }
        if (text(connection, "SELECT pg_is_in_recovery()").equals("t")) {
            throw new IOException("DATABASE_URL: the server is a standby, which cannot be written; name the primary");
        }
        for (var extension : EXTENSIONS) {
            if (text(connection, "SELECT COUNT(*) FROM pg_available_extensions WHERE name = '" + extension + "'").equals("0")) {
                throw new IOException("DATABASE_URL: the server lacks the extension " + extension
                        + ", which is in PostgreSQL's contrib package (postgresql-contrib)");
            }
        }
    }

    private static String text(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement(); var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
