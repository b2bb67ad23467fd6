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
import ollamaweb.db.InUseException;
import ollamaweb.export.account.AccountExportRoutes;
import ollamaweb.files.FileStore;
import ollamaweb.http.ApiException;
import ollamaweb.imports.ExportedAccounts;
import ollamaweb.imports.FileImport;
import ollamaweb.imports.LocalImport;
import ollamaweb.imports.QueuedImport;
import ollamaweb.insights.InsightSchedules;
import ollamaweb.log.Logs;
import ollamaweb.transfer.Progress;
import ollamaweb.users.EmailAddress;
import ollamaweb.users.UserDao;

/**
 * {@code import}: brings in the conversations of a file, for one account. This process reads it, unless a server has the SQLite file
 * for itself: then that reads it.
 */
final class ImportCommand {

    private ImportCommand() {}

    /** Shows how far it is. */
    private static final class Bars implements FileImport.Watcher {

        private final Progress handed = new Progress(System.out, Terminal.isOutput(), "handed over", "bytes", 0);
        private final Progress read = new Progress(System.out, Terminal.isOutput(), "conversations", "conversations", 0);

        @Override
        public void handedOver(long bytes, long total) {
            handed.at(bytes, total);
            if (bytes == total) {
                handed.end(bytes + " bytes");
            }
        }

        @Override
        public void reached(int done, int total) {
            read.at(done, total);
        }

        @Override
        public void told(String line) {
            System.out.println("\r  " + line);
        }

        void end(FileImport.Sum sum) {
            read.end(sum.imported() + " new, " + sum.updated() + " updated, " + sum.unchanged() + " unchanged, " + sum.failed()
                    + " failed");
        }
    }

    /** @throws IOException if it cannot be done; the message is one line */
    static void run(CommandLine line) throws IOException {
        Logs.chooseProvider();
        var settings = Settings.of(line.settings());
        var file = Path.of(line.target());
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new IOException("cannot read " + file);
        }
        var clock = Clock.systemUTC();
        var before = BackupCommand.backups(settings).beforeUpgrade();
        try (var database = settings.storage().open(before); var peers = Peers.open(database, null, clock)) {
            long userId = account(database, line.account());
            peers.start(List.of());
            run(line, file, userId, local(settings, database, peers, clock));
        } catch (InUseException e) {
            try (var database = settings.storage().openBeside(before); var peers = Peers.open(database, null, clock)) {
                long userId = account(database, line.account());
                System.out.println("A server uses the database and reads the file, also if this command is ended");
                run(line, file, userId, new QueuedImport(database, settings.maxImportBytes(), peers::serverId, clock));
            }
        }
        System.out.println(line.dryRun() ? "Nothing was written" : "Done");
    }

    private static void run(CommandLine line, Path file, long userId, FileImport imports) throws IOException {
        System.out.println((line.dryRun() ? "Trying " : "Importing ") + file + " for account " + userId);
        var bars = new Bars();
        try {
            bars.end(imports.run(file, userId, line.dryRun(), bars));
        } catch (ApiException e) {
            throw new IOException(AdminCommand.reason(e), e);
        }
    }

    private static FileImport local(Settings settings, Database database, Peers peers, Clock clock) throws IOException {
        var secret = new SecretKey(settings.storage().secrets().secretKey());
        var exported = new ExportedAccounts(id -> AccountExportRoutes.origin(secret, id),
                (tx, id) -> InsightSchedules.update(tx, id, clock.instant()));
        return new LocalImport(database, new FileStore(database, settings.fileLimits(), peers::serverId, clock),
                new ConversationLimits(settings.maxConversationMessages(), settings.maxAnswerBytes()), exported, peers.serverId(), clock);
    }

    /** @param account an e-mail address, or an id */
    private static long account(Database database, String account) throws IOException {
        var found = database.read(tx -> account.matches("\\d{1,18}")
                ? tx.dao(UserDao.class).find(Long.parseLong(account)).map(user -> user.id())
                : tx.dao(UserDao.class).findId(EmailAddress.folded(account)));
        return found.orElseThrow(() -> new IOException("there is no account " + account));
    }
}
