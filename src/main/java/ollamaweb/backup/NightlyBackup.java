package ollamaweb.backup;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import ollamaweb.concurrent.Nightly;
import ollamaweb.db.Storage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a backup at two at night, where there is a folder for them, or at the start after a night without one. Of several servers on one database each that has a folder
 * makes one; one is enough.
 */
public final class NightlyBackup {

    private static final Logger log = LoggerFactory.getLogger(NightlyBackup.class);
    private static final Duration HOUR = Duration.ofHours(2);

    private NightlyBackup() {}

    /**
     * @param version of this program
     * @return to be started and closed; closing it waits for a backup that is under way
     */
    public static Nightly of(Storage storage, BackupSettings settings, String version, Clock clock) {
        var backups = new Backups(storage, settings, version, new PrintStream(PrintStream.nullOutputStream()), false, clock);
        return new Nightly("nightly-backup", HOUR, stops -> {
            if (settings.folder() != null) {
                make(backups);
            }
        }, () -> settings.folder() == null ? Optional.empty() : lastMade(backups), clock);
    }

    private static Optional<Instant> lastMade(Backups backups) {
        try {
            return backups.lastMade();
        } catch (IOException e) {
            log.warn("Could not see when the last backup was made: {}", e.toString());
            return Optional.empty();
        }
    }

    private static void make(Backups backups) {
        try {
            log.info("Backup made: {}", backups.make());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
