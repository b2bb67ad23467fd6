package ollamaweb.imports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import ollamaweb.conversations.ConversationLimits;
import ollamaweb.db.Database;
import ollamaweb.files.FileStore;
import ollamaweb.imports.sources.UnreadableException;

/** Reads a file where it lies. */
public final class LocalImport implements FileImport {

    private final Database database;
    private final ConversationIntake intake;
    private final AccountIntake accounts;
    private final long serverId;
    private final Clock clock;

    /**
     * @param exported what has to be known of exports of accounts
     * @param serverId of this process, as the database knows it
     */
    public LocalImport(Database database, FileStore files, ConversationLimits limits, ExportedAccounts exported, long serverId,
            Clock clock) {
        this.database = database;
        this.intake = new ConversationIntake(database, files, limits, exported.origins(), clock);
        this.accounts = new AccountIntake(database, exported, clock);
        this.serverId = serverId;
        this.clock = clock;
    }

    /** @throws IOException as the other, or if another one is being imported for the account */
    @Override
    public Sum run(Path file, long userId, boolean dryRun, Watcher watcher) throws IOException {
        long size = Files.size(file);
        var name = String.valueOf(file.getFileName());
        long id = database.write(userId, tx -> {
            var dao = tx.dao(ImportDao.class);
            return dao.isAnyRead(userId)
                    ? Optional.<Long>empty()
                    : Optional.of(dao.beginLocal(userId, serverId, name, size, dryRun, clock.instant()));
        }).orElseThrow(() -> new UnreadableException("Another file is being imported for this account; try again after that."));
        var status = Import.FAILED;
        String error = "It was broken off.";
        try {
            new ImportRun(database, intake, accounts, new ImportJob(id, userId, serverId, dryRun, 0), () -> false, (done, total, item) -> {
                watcher.reached(done, total);
                if (item.isRemarkable()) {
                    watcher.told(item.remark());
                }
            }).read(file);
            status = Import.DONE;
            error = null;
        } catch (IOException e) {
            error = e.getMessage();
            throw e;
        } finally {
            end(id, status, error);
        }
        return Sum.of(database.read(tx -> tx.dao(ImportDao.class).find(id, userId)).orElseThrow());
    }

    private void end(long id, String status, String error) {
        database.save(tx -> tx.dao(ImportDao.class).end(id, serverId, status, error, clock.instant()));
    }
}
