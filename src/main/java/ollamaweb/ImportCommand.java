package ollamaweb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import ollamaweb.cluster.Peers;
import ollamaweb.conversations.ConversationLimits;
import ollamaweb.crypto.SecretKey;
import ollamaweb.db.Database;
import ollamaweb.export.account.AccountExportRoutes;
import ollamaweb.files.FileStore;
import ollamaweb.imports.ExportedAccounts;
import ollamaweb.imports.LocalImport;
import ollamaweb.insights.InsightSchedules;
import ollamaweb.log.Logs;
import ollamaweb.transfer.Progress;
import ollamaweb.users.EmailAddress;
import ollamaweb.users.UserDao;

/** {@code import}: brings in the conversations of a file, for one account. */
final class ImportCommand {

    private ImportCommand() {}

    /**
     * @throws IOException if it cannot be done, or a server uses the SQLite file: then the page or the API of that server takes the
     *                     file as well; the message is one line
     */
    static void run(CommandLine line) throws IOException {
        Logs.chooseProvider();
        var settings = Settings.of(line.settings());
        var file = Path.of(line.target());
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new IOException("cannot read " + file);
        }
        var clock = Clock.systemUTC();
        try (var database = settings.storage().open(); var peers = Peers.open(database, null, clock)) {
            long userId = account(database, line.account());
            peers.start(List.of());
            var secret = new SecretKey(settings.storage().secrets().secretKey());
            var exported = new ExportedAccounts(id -> AccountExportRoutes.origin(secret, id),
                    (tx, id) -> InsightSchedules.update(tx, id, clock.instant()));
            var reader = new LocalImport(database, new FileStore(database, settings.fileLimits(), peers::serverId, clock),
                    new ConversationLimits(settings.maxConversationMessages()), exported, peers.serverId(), clock);
            System.out.println((line.dryRun() ? "Trying " : "Importing ") + file + " for account " + userId);
            var progress = new Progress(System.out, Terminal.isOutput(), "conversations", "conversations", 0);
            var sum = reader.run(file, userId, line.dryRun(), progress::at, told -> System.out.println("\r  " + told));
            progress.end(sum.imported() + " new, " + sum.updated() + " updated, " + sum.unchanged() + " unchanged, " + sum.failed()
                    + " failed");
        }
        System.out.println(line.dryRun() ? "Nothing was written" : "Done");
    }

    /** @param account an e-mail address, or an id */
    private static long account(Database database, String account) throws IOException {
        var found = database.read(tx -> account.matches("\\d{1,18}")
                ? tx.dao(UserDao.class).find(Long.parseLong(account)).map(user -> user.id())
                : tx.dao(UserDao.class).findId(EmailAddress.folded(account)));
        return found.orElseThrow(() -> new IOException("there is no account " + account));
    }
}
