package ollamaweb.db.postgresql;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import ollamaweb.db.Dialect;
import ollamaweb.db.Migrations;
import ollamaweb.db.Storage.MigrationWork;
import org.apache.ibatis.migration.MigrationException;

/** Migrates the schema, one server at a time, after a look at whether this is a server that will do. */
final class Schema {

    private static final int OLDEST = 14;
    private static final List<String> EXTENSIONS = List.of("pg_trgm", "btree_gin");

    /** Any number will do, as long as every ollama-web takes the same. */
    private static final long LOCK = 0x6f6c6c616d61L;
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
            run(connection, LOCK_TIMEOUT);
            run(connection, "SELECT pg_advisory_lock(" + LOCK + ")");
            work.on(new Migrations(connections::single, Dialect.POSTGRESQL));
        } catch (Migrations.NewerSchemaException e) {
            throw new IOException("DATABASE_URL: the database " + e.getMessage(), e);
        } catch (SQLException | MigrationException e) {
            throw StartFailure.of(e);
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
