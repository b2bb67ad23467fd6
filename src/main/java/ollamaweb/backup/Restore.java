package ollamaweb.backup;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import ollamaweb.db.Migrations;
import ollamaweb.db.Secrets;
import ollamaweb.db.SingleConnection;
import ollamaweb.db.Storage.MigrationWork;
import ollamaweb.db.Storage;
import ollamaweb.db.sqlite.SqliteStorage;
import ollamaweb.db.sqlite.Synchronous;
import ollamaweb.transfer.Accounts;
import ollamaweb.transfer.Progress;
import ollamaweb.transfer.Transfer;

/** Puts back what a backup holds, once all of it has been read and found to be what was put in. */
public final class Restore {

    private static final long KIB = 1024;
    private static final Secrets NONE = new Secrets(null, null);

    private final PrintStream out;
    private final boolean isTerminal;
    private final Clock clock;

    /** @param out where to say how it goes on */
    public Restore(PrintStream out, boolean isTerminal, Clock clock) {
        this.out = out;
        this.isTerminal = isTerminal;
        this.clock = clock;
    }

    /**
     * Reads all of a backup, and checks the database in it.
     *
     * @throws IOException if it cannot be relied on; the message is one line for the console
     */
    public void verify(Path file) throws IOException {
        try (var backup = BackupReader.open(file); var folder = TemporaryFolder.in(Path.of(System.getProperty("java.io.tmpdir")))) {
            extract(backup, file, folder);
            backup.secrets();
        }
    }

    /**
     * Checks a database, also while servers use it, and whether its secrets are there.
     *
     * @throws IOException if it is damaged, or one of them is missing
     */
    public void verify(Storage storage) throws IOException {
        check(storage);
        try {
            if (Accounts.exist(storage)) {
                storage.keptSecrets();
            }
        } catch (SQLException e) {
            throw new IOException(storage.location() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private void check(Storage storage) throws IOException {
        try (var database = storage.connectBeside()) {
            out.println("  " + DatabaseCheck.of(database));
        } catch (SQLException e) {
            throw new IOException(storage.location() + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * An SQLite database is replaced, and kept under another name; a PostgreSQL database has to be empty.
     *
     * @throws IOException if the backup cannot be relied on, or a server uses the database; then nothing is changed
     */
    public void run(Path file, Storage storage) throws IOException {
        try (var backup = BackupReader.open(file); var folder = TemporaryFolder.in(storage.folder())) {
            var secrets = backup.secrets();
            requireSame(secrets, storage, file);
            var database = extract(backup, file, folder);
            var told = "of " + backup.told().madeAt();
            if (storage instanceof SqliteStorage sqlite) {
                note(database, told);
                var kept = sqlite.file().getFileName() + ".before-restore-" + Backups.MOMENT.format(clock.instant());
                out.println("  " + sqlite.replace(database, secrets, kept).map(before -> "what was there before is now " + before)
                        .orElse("there was no database before"));
            } else {
                transfer(database, "the backup of " + backup.told().source() + " made " + backup.told().madeAt(), storage, told);
            }
        }
    }

    /** What a file says is not to command the terminal. */
    private static String visible(String told) {
        return told == null ? "?" : told.replaceAll("\\p{Cntrl}", "?");
    }

    private Path extract(BackupReader backup, Path file, TemporaryFolder folder) throws IOException {
        out.printf("Backup %s of %s, made %s by ollama-web %s%n", file, visible(backup.told().source()), backup.told().madeAt(),
                visible(backup.told().version()));
        var database = folder.newFile(".sqlite");
        long kib = backup.databaseBytes() / KIB;
        var progress = new Progress(out, isTerminal, "backup", "KiB", kib);
        backup.extractDatabase(database, bytes -> progress.at(bytes / KIB, kib));
        progress.end("read, every byte as it was");
        var storage = new SqliteStorage(database, Synchronous.NORMAL, NONE);
        try {
            check(storage);
            storage.migrate(Migrations::isBehind); // refuses what is newer than this program
        } catch (SQLException | IOException e) {
            throw new IOException(file + " is no backup that can be used: "
                    + String.valueOf(e.getMessage()).replace(database.toString(), Manifest.DATABASE), e);
        }
        return database;
    }

    private void note(Path database, String told) throws IOException {
        try (var alone = new SqliteStorage(database, Synchronous.NORMAL, NONE).connectAsItIs()) {
            RestoreNote.write(alone, told, clock.instant());
        } catch (SQLException e) {
            throw new IOException(database + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** @param source by which one that was broken off is known again */
    private void transfer(Path database, String source, Storage storage, String told) throws IOException {
        try (var from = new SqliteStorage(database, Synchronous.NORMAL, NONE).connectAlone(MigrationWork.NONE);
                var to = storage.connectAlone(Accounts.none(storage))) {
            var named = new SingleConnection(from.connection(), from.dialect(), source, SingleConnection.Lock.NONE);
            new Transfer(named, to, out, isTerminal).run();
            RestoreNote.write(to, told, clock.instant());
        } catch (SQLException e) {
            throw new IOException("the restore broke off, to go on run it again: " + e.getMessage(), e);
        }
    }

    /** With other secrets nobody's key would be known any more. */
    private static void requireSame(Secrets secrets, Storage storage, Path file) throws IOException {
        var configured = storage.configured();
        require(configured.secretKey(), secrets.secretKey(), "SECRET_KEY", Manifest.SECRET_KEY, file);
        require(configured.jwtSecretKey(), secrets.jwtSecretKey(), "JWT_SECRET_KEY", Manifest.JWT_SECRET_KEY, file);
    }

    private static void require(String configured, String kept, String name, String entry, Path file) throws IOException {
        if (configured != null && !configured.equals(kept)) {
            throw new IOException(name + " is another one than that of the backup, with which no key or session would be good any more:"
                    + " set it to what this prints: unzip -p " + file + " " + entry);
        }
    }
}
