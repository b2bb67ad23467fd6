package ollamaweb.db;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.ibatis.migration.Change;
import org.apache.ibatis.migration.ConnectionProvider;
import org.apache.ibatis.migration.MigrationException;
import org.apache.ibatis.migration.MigrationLoader;
import org.apache.ibatis.migration.MigrationReader;
import org.apache.ibatis.migration.operations.DownOperation;
import org.apache.ibatis.migration.operations.PendingOperation;
import org.apache.ibatis.migration.operations.StatusOperation;
import org.apache.ibatis.migration.operations.UpOperation;
import org.apache.ibatis.migration.options.DatabaseOperationOption;

/**
 * Applies and takes back the plain SQL files of one folder in {@code sql/}, each in one transaction together with its
 * record in {@code changelog}.
 */
public final class Migrations {

    private static final Set<String> NOT_FOR_THE_RUNNER = Set.of("commit", "rollback", "setAutoCommit", "close");

    private final ConnectionProvider connections;
    private final Scripts scripts;

    /** The database knows a migration that this program does not. */
    public static final class NewerSchemaException extends MigrationException {
        private static final long serialVersionUID = 1L;

        NewerSchemaException(String unknown) {
            super("was written by a newer ollama-web (" + unknown + "): use that version, or put back a backup made before it");
        }
    }

    /** @param dialect of the database; it has a folder of its own in {@code sql/} */
    public Migrations(ConnectionProvider connections, Dialect dialect) {
        this.connections = connections;
        this.scripts = new Scripts(dialect.folder(), null);
    }

    /**
     * Applies whatever is not applied yet, one file and one transaction after the other, also what has a lower number than
     * something that is: it came from a version that was made beside this one.
     *
     * @throws MigrationException if one fails, or the schema is newer than this program
     */
    public void up() throws SQLException {
        requireKnown();
        for (var change : pending()) {
            var alone = scripts.only(change);
            if (newest().isEmpty()) {
                inTransaction(connection -> new UpOperation(1).operate(() -> connection, alone, option(), null));
            } else {
                inTransaction(connection -> new PendingOperation().operate(() -> connection, alone, option(), null));
            }
        }
    }

    /**
     * Applies files up to one and no further.
     *
     * @param id number of the last one to apply
     * @throws MigrationException if one fails, or there is none with this number
     */
    public void upTo(String id) throws SQLException {
        while (!id.equals(newest().orElse(null))) {
            inTransaction(connection -> new UpOperation(1).operate(() -> connection, scripts, option(), null));
            if (pending().isEmpty() && !id.equals(newest().orElse(null))) {
                throw new MigrationException("there is no migration " + id);
            }
        }
    }

    /** @return the number of the newest file that is applied; empty where none is */
    public Optional<String> newest() throws SQLException {
        try (var connection = connections.getConnection(); var statement = connection.createStatement()) {
            if (!hasChangelog(connection)) {
                return Optional.empty();
            }
            var newest = statement.executeQuery("SELECT id FROM changelog ORDER BY id DESC LIMIT 1");
            return newest.next() ? Optional.of(newest.getString("id")) : Optional.empty();
        }
    }

    /**
     * @return whether there is a schema already, and {@link #up} would change it
     * @throws NewerSchemaException if it is newer than this program
     */
    public boolean isBehind() throws SQLException {
        requireKnown();
        return newest().isPresent() && !pending().isEmpty();
    }

    /**
     * Takes back the newest applied file.
     *
     * @throws MigrationException if it fails, or the schema is newer than this program
     */
    public void down() throws SQLException {
        requireKnown();
        inTransaction(connection -> new DownOperation(1).operate(() -> connection, scripts, option(), null));
    }

    /** PostgreSQL warns where what is to be there is there already. */
    private static DatabaseOperationOption option() {
        var option = new DatabaseOperationOption();
        option.setThrowWarning(false);
        return option;
    }

    /** Prints each file and when it was applied. */
    public void status(PrintStream out) {
        new StatusOperation().operate(connections, scripts, null, out);
    }

    /** A newer program may have changed the meaning of what this one reads, and would not forgive what it writes. */
    private void requireKnown() throws SQLException {
        var known = scripts.getMigrations().stream().map(Change::getId).toList();
        try (var connection = connections.getConnection(); var statement = connection.createStatement()) {
            if (!hasChangelog(connection)) {
                return;
            }
            var applied = statement.executeQuery("SELECT id, description FROM changelog ORDER BY id");
            while (applied.next()) {
                if (!known.contains(new BigDecimal(applied.getString("id")))) {
                    throw new NewerSchemaException(applied.getString("id") + " " + applied.getString("description"));
                }
            }
        }
    }

    private static boolean hasChangelog(Connection connection) throws SQLException {
        try (var tables = connection.getMetaData().getTables(null, connection.getSchema(), "changelog", new String[] {"TABLE"})) {
            return tables.next();
        }
    }

    /** @return what is not applied, in the order of the numbers */
    private List<Change> pending() {
        var quiet = new PrintStream(PrintStream.nullOutputStream());
        return new StatusOperation().operate(connections, scripts, null, quiet).getCurrentStatus().stream()
                .filter(change -> change.getAppliedTimestamp() == null).sorted().toList();
    }

    private void inTransaction(Consumer<Connection> work) throws SQLException {
        try (var connection = connections.getConnection()) {
            connection.setAutoCommit(false);
            try {
                work.accept(ignoringTransactionControl(connection));
                connection.commit();
            } catch (MigrationException e) {
                connection.rollback();
                throw e;
            }
        }
    }

    /** The runner would commit the script before it records it; here both are one. */
    private static Connection ignoringTransactionControl(Connection connection) {
        return (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(), new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (NOT_FOR_THE_RUNNER.contains(method.getName())) {
                        return null;
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /**
     * The files, in the order of their numbers; {@code index.txt} names them, since a jar has no folders to list.
     *
     * @param only the one that there is; null: all of them
     */
    private record Scripts(String folder, Change only) implements MigrationLoader {

        Scripts only(Change change) {
            return new Scripts(folder, change);
        }

        @Override
        public List<Change> getMigrations() {
            if (only != null) {
                return new ArrayList<>(List.of(only));
            }
            try (var index = open("index.txt")) {
                var names = new String(index.readAllBytes(), StandardCharsets.UTF_8).lines();
                return new ArrayList<>(names.filter(name -> !name.isBlank()).map(Scripts::change).toList());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Reader getScriptReader(Change change, boolean undo) {
            try {
                return new MigrationReader(open(change.getFilename()), "UTF-8", undo, new Properties());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Reader getBootstrapReader() {
            return null;
        }

        @Override
        public Reader getOnAbortReader() {
            return null;
        }

        private static Change change(String file) {
            int underscore = file.indexOf('_');
            var id = new BigDecimal(file.substring(0, underscore));
            var change = new Change(id, null, file.substring(underscore + 1, file.lastIndexOf('.')).replace('_', ' '));
            change.setFilename(file);
            return change;
        }

        private InputStream open(String name) throws IOException {
            var in = Migrations.class.getResourceAsStream("/sql/" + folder + "/" + name);
            if (in == null) {
                throw new FileNotFoundException("sql/" + folder + "/" + name);
            }
            return in;
        }
    }
}
