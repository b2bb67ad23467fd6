package ollamaweb.db.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import ollamaweb.db.Database;
import ollamaweb.db.Dialect;
import ollamaweb.db.InUseException;
import ollamaweb.db.Migrations;
import ollamaweb.db.Secrets;
import ollamaweb.db.SingleConnection;
import ollamaweb.db.Storage;

/**
 * An SQLite file, and beside it the secrets that were not set.
 *
 * @param configured the secrets that were set
 */
public record SqliteStorage(Path file, Synchronous synchronous, Secrets configured) implements Storage {

    static final String SECRET_ENDING = ".secret";
    static final String JWT_SECRET_ENDING = ".jwt.secret";
    /** Of a file that says how the database is called that is being replaced. */
    static final String REPLACING_ENDING = ".replacing";

    @Override
    public Database open(MigrationWork before) throws IOException {
        return SqliteFiles.open(file, synchronous, before);
    }

    @Override
    public Database openBeside(MigrationWork before) throws IOException {
        try {
            return open(before);
        } catch (InUseException e) {
            return SqliteFiles.openBeside(file, synchronous);
        }
    }

    @Override
    public void migrate(MigrationWork work) throws IOException, SQLException {
        try (var lock = DatabaseLock.take(file)) {
            work.on(SqliteFiles.migrations(file));
        } catch (Migrations.NewerSchemaException e) {
            throw SqliteFiles.newer(file, e);
        } catch (SQLException e) {
            if (DamageCheck.isDamage(e)) {
                throw DamageCheck.damaged(file, e.getMessage());
            }
            throw e;
        }
    }

    @Override
    public SingleConnection connectAlone(MigrationWork before) throws IOException, SQLException {
        return connect(migrations -> {
            before.on(migrations);
            migrations.up();
        });
    }

    private SingleConnection connect(MigrationWork first) throws IOException, SQLException {
        var lock = DatabaseLock.take(file);
        try {
            first.on(SqliteFiles.migrations(file));
            var connection = new SqliteConnections(DatabaseFile.prepare(file), synchronous).writing();
            return new SingleConnection(connection, Dialect.SQLITE, location(), lock::close);
        } catch (Migrations.NewerSchemaException e) {
            lock.close();
            throw SqliteFiles.newer(file, e);
        } catch (IOException | SQLException | RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    /**
     * As {@link #connectAlone}, without a change to the schema.
     *
     * @throws IOException if the file cannot be opened, or a server uses it
     */
    public SingleConnection connectAsItIs() throws IOException, SQLException {
        return connect(MigrationWork.NONE);
    }

    @Override
    public SingleConnection connectBeside() throws IOException, SQLException {
        var connections = new SqliteConnections(DatabaseFile.existing(file), synchronous);
        return new SingleConnection(connections.reading(), Dialect.SQLITE, location(), SingleConnection.Lock.NONE);
    }

    @Override
    public Path folder() {
        return file.toAbsolutePath().normalize().getParent();
    }

    /**
     * Puts another file in the place of the database, and other secrets in the place of those that are kept beside it.
     *
     * @param database a whole SQLite file in the same folder; it is moved
     * @param secrets  written beside it, but for those that were set
     * @param name     what the database that was there, and all that belongs to it, is called from now on
     * @return that name, or the one that a replacement gave it which was broken off; empty if there was none
     * @throws IOException if a server uses the database, or files cannot be moved
     */
    public Optional<String> replace(Path database, Secrets secrets, String name) throws IOException {
        try (var lock = DatabaseLock.take(file)) {
            var kept = DatabaseFile.replacing(file).orElse(name);
            // Killed anywhere in between, it leaves this note, and no server starts without the database.
            SecretFile.replace(beside(REPLACING_ENDING), kept);
            for (var ending : List.of("", "-wal", "-shm")) {
                if (Files.exists(beside(ending))) {
                    Files.move(beside(ending), file.resolveSibling(kept + ending));
                }
            }
            replaceSecret(SECRET_ENDING, configured.secretKey(), secrets.secretKey(), kept);
            replaceSecret(JWT_SECRET_ENDING, configured.jwtSecretKey(), secrets.jwtSecretKey(), kept);
            Files.move(database, file, StandardCopyOption.ATOMIC_MOVE);
            Files.delete(beside(REPLACING_ENDING));
            return Optional.of(kept).filter(before -> Files.exists(file.resolveSibling(before)));
        }
    }

    @Override
    public void rewrite() throws IOException, SQLException {
        try (var alone = connectAsItIs()) {
            FreeSpace.rewrite(alone.connection());
        }
    }

    @Override
    public Secrets secrets() throws IOException {
        return new Secrets(
                configured.secretKey() == null ? SecretFile.read(beside(SECRET_ENDING)) : configured.secretKey(),
                configured.jwtSecretKey() == null ? SecretFile.read(beside(JWT_SECRET_ENDING)) : configured.jwtSecretKey());
    }

    @Override
    public Secrets keptSecrets() throws IOException {
        requireKept(SECRET_ENDING, configured.secretKey(), "SECRET_KEY");
        requireKept(JWT_SECRET_ENDING, configured.jwtSecretKey(), "JWT_SECRET_KEY");
        return secrets();
    }

    @Override
    public String location() {
        return file.toAbsolutePath().normalize().toString();
    }

    private void requireKept(String ending, String set, String name) throws IOException {
        if (set == null && Files.notExists(beside(ending))) {
            throw new IOException("the secret " + beside(ending) + " is missing: put it back, or set " + name
                    + " to a new one, with which what was made with the old one is no longer good");
        }
    }

    private void replaceSecret(String ending, String set, String secret, String name) throws IOException {
        if (Files.exists(beside(ending)) && Files.notExists(file.resolveSibling(name + ending))) {
            Files.copy(beside(ending), file.resolveSibling(name + ending), StandardCopyOption.COPY_ATTRIBUTES);
        }
        if (set == null) {
            SecretFile.replace(beside(ending), secret);
        }
    }

    private Path beside(String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }
}
