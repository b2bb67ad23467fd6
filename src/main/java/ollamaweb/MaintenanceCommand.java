package ollamaweb;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import ollamaweb.db.BackgroundWork;
import ollamaweb.db.Database;
import ollamaweb.log.Logs;
import ollamaweb.purge.Purge;

/** {@code maintenance}: ends what a server does in the background, and makes deleted texts gone. */
final class MaintenanceCommand {

    private MaintenanceCommand() {}

    /** @throws IOException if the database cannot be used, or a server uses the SQLite file; the message is one line */
    static void run(Settings settings) throws IOException {
        Logs.chooseProvider();
        var storage = settings.storage();
        try (var database = storage.open(BackupCommand.backups(settings).beforeUpgrade())) {
            System.out.println("Deleting what was deleted, in " + storage.location());
            var clock = Clock.systemUTC();
            var tasks = BackgroundTasks.of(database, new Purge(settings.trashTime(), clock), settings.auditTime(), clock);
            boolean more = true;
            while (more) {
                more = tasks.stream().map(task -> step(database, task)).reduce(false, Boolean::logicalOr);
            }
            System.out.println("Giving back its room");
            database.reclaim(() -> false);
        }
        try {
            storage.rewrite();
        } catch (SQLException e) {
            throw new IOException("the maintenance broke off, nothing is lost: " + e.getMessage(), e);
        }
        System.out.println("Done");
    }

    private static boolean step(Database database, BackgroundWork.Task task) {
        return database.read(task::isDue) && database.stepAlone(task::step).orElse(false);
    }
}
