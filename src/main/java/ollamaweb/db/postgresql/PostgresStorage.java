package ollamaweb.db.postgresql;

import java.io.IOException;
import java.nio.file.Path;
import ollamaweb.db.Database;
import ollamaweb.db.Dialect;
import ollamaweb.db.Secrets;
import ollamaweb.db.SingleConnection;
import ollamaweb.db.Storage;

/**
 * A PostgreSQL database. It may have several servers, which have to share their secrets: none is made here.
 *
 * @param poolSize   how many connections one server has at most
 * @param configured the secrets that were set
 */
public record PostgresStorage(PostgresUrl url, int poolSize, Secrets configured) implements Storage {

    private static final String MAKE_ONE =
            " must be set when DATABASE_URL names PostgreSQL, the same for all servers; make one with: openssl rand -hex 32";

    @Override
    public Database open(MigrationWork before) throws IOException {
        secrets();
        var connections = new PostgresConnections(url);
        Schema.migrate(connections, migrations -> {
            before.on(migrations);
            migrations.up();
            Schema.requireWhole(connections);
        });
        return new PostgresDatabase(connections, poolSize);
    }

    @Override
    public Database openBeside(MigrationWork before) throws IOException {
        return open(before);
    }

    @Override
    public void migrate(MigrationWork work) throws IOException {
        Schema.migrate(new PostgresConnections(url), work);
    }

    @Override
    public SingleConnection connectAlone(MigrationWork before) throws IOException {
        var connections = new PostgresConnections(url);
        Schema.migrate(connections, migrations -> {
            before.on(migrations);
            migrations.up();
        });
        return new SingleConnection(Schema.connectAlone(connections), Dialect.POSTGRESQL, location(), () -> {});
    }

    @Override
    public SingleConnection connectBeside() throws IOException {
        return new SingleConnection(Schema.connect(new PostgresConnections(url)), Dialect.POSTGRESQL, location(),
                SingleConnection.Lock.NONE);
    }

    @Override
    public Path folder() {
        return Path.of("").toAbsolutePath();
    }

    /** Only {@code VACUUM FULL} would do more, and keep all servers waiting. */
    @Override
    public void rewrite() {}

    @Override
    public Secrets secrets() throws IOException {
        if (configured.secretKey() == null) {
            throw new IOException("SECRET_KEY" + MAKE_ONE);
        }
        if (configured.jwtSecretKey() == null) {
            throw new IOException("JWT_SECRET_KEY" + MAKE_ONE);
        }
        return configured;
    }

    @Override
    public Secrets keptSecrets() throws IOException {
        return secrets();
    }

    @Override
    public String location() {
        return url.toString();
    }
}
