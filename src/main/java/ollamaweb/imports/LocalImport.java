package ollamaweb.imports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import ollamaweb.conversations.ConversationLimits;
import ollamaweb.db.Database;
import ollamaweb.files.FileStore;

/** Reads a file where it lies, for somebody at the console. What is in stays, whatever happens, and comes once. */
public final class LocalImport {

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

    /** What became of the conversations, how many of each. */
    public record Sum(int imported, int updated, int unchanged, int failed) {}

    /**
     * @param dryRun   whether nothing is to be written but the report
     * @param progress is told after each conversation how many are done, of how many
     * @param told     gets a line for each conversation that failed, or of which something was left out
     * @throws IOException if the file cannot be read, or is of no format that is known; the message is a sentence
     */
    public Sum run(Path file, long userId, boolean dryRun, BiConsumer<Integer, Integer> progress, Consumer<String> told)
            throws IOException {
        long size = Files.size(file);
        var name = String.valueOf(file.getFileName());
        long id = database.write(userId,
                tx -> tx.dao(ImportDao.class).beginLocal(userId, serverId, name, size, dryRun, clock.instant()));
        var status = Import.FAILED;
        String error = "It was broken off.";
        try {
            new ImportRun(database, intake, accounts, new ImportJob(id, userId, serverId, dryRun, 0), () -> false, (done, total, item) -> {
                progress.accept(done, total);
                if (item.detail() != null) {
                    told.accept("\"" + item.title() + "\" " + item.result() + ": " + item.detail());
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
        return sum(id, userId);
    }

    private void end(long id, String status, String error) {
        database.save(tx -> tx.dao(ImportDao.class).end(id, serverId, status, error, clock.instant()));
    }

    private Sum sum(long id, long userId) {
        var ended = database.read(tx -> tx.dao(ImportDao.class).find(id, userId)).orElseThrow();
        return new Sum(ended.imported(), ended.updated(), ended.unchanged(), ended.failed());
    }
}
