package ollamaweb.backup;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import ollamaweb.db.Storage;
import ollamaweb.transfer.Accounts;
import ollamaweb.transfer.Progress;

/** Makes backups, verifies them, and keeps the newest ones of a folder. */
public final class Backups {

    /** A moment, as names of files have it. */
    static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneId.systemDefault());
    private static final int MOMENT_LENGTH = 15;
    private static final long KIB = 1024;
    private static final String NAME = "ollama-web-";
    private static final String BEFORE_UPGRADE = "ollama-web-before-upgrade-";
    private static final String BEFORE_DOWNGRADE = "ollama-web-before-downgrade-";
    private static final String ENDING = ".zip";
    private static final String FOLDER = "backups";

    private final Storage storage;
    private final BackupSettings settings;
    private final String version;
    private final PrintStream out;
    private final boolean isTerminal;
    private final Clock clock;

    /**
     * @param version of this program
     * @param out     where to say how it goes on
     */
    public Backups(Storage storage, BackupSettings settings, String version, PrintStream out, boolean isTerminal, Clock clock) {
        this.storage = storage;
        this.settings = settings;
        this.version = version;
        this.out = out;
        this.isTerminal = isTerminal;
        this.clock = clock;
    }

    /**
     * Makes one in the folder for them, named by the moment, and deletes the oldest of those that are too many.
     *
     * @throws IOException if it cannot be made; then nothing is deleted either
     */
    public Path make() throws IOException {
        return makeNamed(NAME);
    }

    /** @return what makes one if this program would bring the schema of what is there up to date */
    public Storage.MigrationWork beforeUpgrade() {
        return migrations -> {
            if (migrations.isBehind()) {
                makeBeforeChange(BEFORE_UPGRADE);
            }
        };
    }

    /** @return what makes one before a part of the schema is taken back, and what is in it */
    public Storage.MigrationWork beforeDowngrade() {
        return migrations -> {
            if (migrations.newest().isPresent()) {
                makeBeforeChange(BEFORE_DOWNGRADE);
            }
        };
    }

    /**
     * Makes one while servers go on. The file appears once it is complete and on the disk.
     *
     * @param file that does not exist
     * @throws IOException if it exists, or cannot be made; the message is one line for the console
     */
    public void make(Path file) throws IOException {
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString(), null, "there is a file of this name already");
        }
        try (var folder = TemporaryFolder.in(file.toAbsolutePath().getParent())) {
            out.println("Backup of " + storage.location());
            var secrets = Accounts.exist(storage) ? storage.keptSecrets() : storage.secrets();
            var madeAt = clock.instant();
            var copy = folder.resolve(Manifest.DATABASE);
            var schema = Snapshot.take(storage, copy, out, isTerminal);
            var made = folder.newFile(ENDING);
            long kib = Files.size(copy) / KIB;
            var progress = new Progress(out, isTerminal, "zip", "KiB", kib);
            BackupWriter.write(made, copy, secrets, madeAt, version, storage.location(), schema,
                    bytes -> progress.at(bytes / KIB, kib));
            progress.end("packed");
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
            out.printf(Locale.ROOT, "  %-28s %,d bytes%n", file, Files.size(file));
        } catch (SQLException e) {
            throw new IOException("the data could not be read: " + e.getMessage(), e);
        }
    }

    /** {@code BACKUP_BEFORE_UPGRADE=false} keeps it from that. */
    private void makeBeforeChange(String kind) throws IOException, SQLException {
        if (settings.beforeChange() && Accounts.exist(storage)) {
            out.println("The schema of the database is about to change, so a backup comes first");
            makeNamed(kind);
        }
    }

    /** @return when the newest one was made that {@link #make()} has named; empty if there is none in the folder for them */
    Optional<Instant> lastMade() throws IOException {
        if (!Files.isDirectory(folder())) {
            return Optional.empty();
        }
        return ofKind(folder(), NAME).stream().reduce((older, newer) -> newer)
                .map(file -> file.getFileName().toString().substring(NAME.length(), NAME.length() + MOMENT_LENGTH))
                .map(moment -> MOMENT.parse(moment, Instant::from));
    }

    private Path folder() {
        return settings.folder() == null ? storage.folder().resolve(FOLDER) : settings.folder();
    }

    private Path makeNamed(String kind) throws IOException {
        var folder = folder();
        var moment = clock.instant();
        while (Files.exists(named(folder, kind, moment))) { // two within a second
            moment = moment.plusSeconds(1);
        }
        var file = named(folder, kind, moment);
        make(file);
        deleteOldest(folder, kind);
        return file;
    }

    private static Path named(Path folder, String kind, Instant moment) {
        return folder.resolve(kind + MOMENT.format(moment) + ENDING);
    }

    private void deleteOldest(Path folder, String kind) throws IOException {
        var all = ofKind(folder, kind);
        for (var old : all.subList(0, Math.max(0, all.size() - settings.keep()))) {
            Files.deleteIfExists(old);
        }
    }

    /** @return the oldest first */
    private static List<Path> ofKind(Path folder, String kind) throws IOException {
        var ofKind = Pattern.compile(Pattern.quote(kind) + "\\d{8}-\\d{6}" + Pattern.quote(ENDING));
        var all = new ArrayList<Path>();
        try (var files = Files.newDirectoryStream(folder)) {
            files.forEach(file -> {
                if (ofKind.matcher(file.getFileName().toString()).matches()) {
                    all.add(file);
                }
            });
        }
        all.sort(Comparator.naturalOrder());
        return all;
    }
}
