package ollamaweb.db.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import ollamaweb.db.Database;
import ollamaweb.db.Dialect;
import ollamaweb.db.ExclusiveConnection;
import ollamaweb.db.Migrations;
import ollamaweb.db.Secrets;
import ollamaweb.db.Storage;

/**
 * An SQLite file, and beside it the secrets that were not set.
 *
 * @param configured the secrets that were set
 */
public record SqliteStorage(Path file, Synchronous synchronous, Secrets configured) implements Storage {

    static final String SECRET_ENDING = ".secret";
    static final String JWT_SECRET_ENDING = ".jwt.secret";

    @Override
    public Database open() throws IOException {
        return SqliteDatabase.open(file, synchronous);
    }

    @Override
    public void migrate(MigrationWork work) throws IOException, SQLException {
        try (var lock = DatabaseLock.take(file)) {
            work.on(SqliteDatabase.migrations(file));
        } catch (Migrations.NewerSchemaException e) {
            throw SqliteDatabase.newer(file, e);
        }
    }

    @Override
    public ExclusiveConnection connectAlone() throws IOException, SQLException {
        var lock = DatabaseLock.take(file);
        try {
            SqliteDatabase.migrations(file).up();
            var connection = new SqliteConnections(DatabaseFile.prepare(file), synchronous).writing();
            return new ExclusiveConnection(connection, Dialect.SQLITE, location(), lock::close);
        } catch (Migrations.NewerSchemaException e) {
            lock.close();
            throw SqliteDatabase.newer(file, e);
        } catch (IOException | SQLException | RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    @Override
    public void rewrite() throws IOException, SQLException {
        try (var alone = connectAlone()) {
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
    public String location() {
        return file.toAbsolutePath().normalize().toString();
    }

    private Path beside(String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }
}
