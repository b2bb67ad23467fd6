package ollamaweb.db.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import ollamaweb.db.Database;
import ollamaweb.db.Dialect;
import ollamaweb.db.Migrations;
import ollamaweb.db.Storage;
import ollamaweb.db.UnfinishedTransfer;

/** Opens SQLite files, and brings their schemas up to date. What goes wrong is told so that it is fit for the console. */
public final class SqliteFiles {

    private SqliteFiles() {}

    /**
     * Takes the file for this process alone, makes it when it is missing, and brings its schema up to date.
     *
     * @param before comes before the schema is changed
     * @throws IOException if another program has it, or it cannot be opened, written or trusted
     */
    public static Database open(Path path, Synchronous synchronous, Storage.MigrationWork before) throws IOException {
        var lock = DatabaseLock.take(path);
        try {
            return opened(lock, DatabaseFile.prepare(path), synchronous, before);
        } catch (Migrations.NewerSchemaException e) {
            lock.close();
            throw newer(path, e);
        } catch (SQLException | RuntimeException e) {
            lock.close();
            throw DamageCheck.isDamage(e)
                    ? DamageCheck.damaged(path, rootMessage(e))
                    : new IOException("cannot open the database " + path + ": " + rootMessage(e), e);
        } catch (IOException | Error e) {
            lock.close();
            throw e;
        }
    }

    /**
     * Opens the file of a server that goes on using it: both write, one after the other.
     *
     * @throws IOException if there is none, or its schema is not the one of this program
     */
    static Database openBeside(Path path, Synchronous synchronous) throws IOException {
        var file = DatabaseFile.existing(path);
        var connections = new SqliteConnections(file, synchronous);
        try {
            if (migrations(connections).isBehind()) {
                throw new IOException("the server that uses the database " + path + " has an older version; stop it first");
            }
            file.remember();
            return new SqliteDatabase(null, file, connections, synchronous);
        } catch (Migrations.NewerSchemaException e) {
            throw newer(path, e);
        } catch (SQLException e) {
            throw new IOException("cannot open the database " + path + ": " + rootMessage(e), e);
        }
    }

    /** @return the migrations of the file, which is made when it is missing; nothing keeps other programs off it meanwhile */
    public static Migrations migrations(Path path) throws IOException {
        return migrations(new SqliteConnections(DatabaseFile.prepare(path), Synchronous.FULL));
    }

    static IOException newer(Path path, Migrations.NewerSchemaException e) {
        return new IOException("the database " + path + " " + e.getMessage(), e);
    }

    private static Database opened(DatabaseLock lock, DatabaseFile file, Synchronous synchronous, Storage.MigrationWork before)
            throws IOException, SQLException {
        var connections = new SqliteConnections(file, synchronous);
        try (var connection = connections.writing()) {
            file.remember();
            DamageCheck.of(file, connection);
            requireContentBesideSecrets(file, connection);
            UnfinishedTransfer.refuse(connection);
        }
        var migrations = migrations(connections);
        before.on(migrations);
        migrations.up();
        return new SqliteDatabase(lock, file, connections, synchronous);
    }

    private static Migrations migrations(SqliteConnections connections) {
        return new Migrations(() -> {
            var connection = connections.migrating();
            FreeSpace.prepare(connection);
            return connection;
        }, Dialect.SQLITE);
    }

    /** Whoever lost the data still has the secrets, and is told, rather than given an empty server. */
    private static void requireContentBesideSecrets(DatabaseFile file, Connection connection) throws IOException, SQLException {
        try (var statement = connection.createStatement();
                var found = statement.executeQuery("SELECT EXISTS (SELECT 1 FROM sqlite_schema)")) {
            if (!found.getBoolean(1)) {
                file.requireNoSecrets();
            }
        }
    }

    private static String rootMessage(Throwable e) {
        var cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage();
    }
}
