package ollamaweb;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import ollamaweb.backup.Backups;
import ollamaweb.backup.Restore;
import ollamaweb.log.Logs;

/** {@code backup}, {@code restore} and {@code verify}. */
final class BackupCommand {

    private BackupCommand() {}

    /** @throws IOException if it cannot be done, or what is verified is damaged; the message is one line */
    static void run(CommandLine line) throws IOException {
        Logs.chooseProvider();
        var settings = Settings.of(line.settings());
        var file = line.target() == null ? null : Path.of(line.target());
        var restore = new Restore(System.out, Terminal.isOutput(), Clock.systemUTC());
        switch (line.command()) {
            case BACKUP -> backup(backups(settings), file);
            case RESTORE -> restore.run(file, settings.storage());
            default -> verify(restore, settings, file);
        }
        System.out.println("Done");
    }

    /** @return what makes backups of a server's data */
    static Backups backups(Settings settings) {
        return new Backups(settings.storage(), settings.backups(), ServerRoutes.VERSION, System.out, Terminal.isOutput(),
                Clock.systemUTC());
    }

    private static void backup(Backups backups, Path file) throws IOException {
        if (file == null) {
            backups.make();
        } else {
            backups.make(file);
        }
    }

    private static void verify(Restore restore, Settings settings, Path file) throws IOException {
        if (file == null) {
            System.out.println("Reading all of " + settings.storage().location());
            restore.verify(settings.storage());
        } else {
            restore.verify(file);
        }
    }
}
