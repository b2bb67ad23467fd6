package ollamaweb.imports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import ollamaweb.concurrent.Threads;
import ollamaweb.conversations.ConversationLimits;
import ollamaweb.db.Database;
import ollamaweb.db.DatabaseUnavailableException;
import ollamaweb.db.Transaction;
import ollamaweb.files.FileStore;
import ollamaweb.http.ApiException;
import ollamaweb.imports.sources.UnreadableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the files that were brought in, one after the other. The rows say what is to be read and by which server; one that stops
 * leaves what it was reading to the next that is there, which goes on behind what the report has already.
 */
public final class Imports implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Imports.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);

    private final Semaphore signal = new Semaphore(0);
    private final Database database;
    private final ImportDao imports;
    private final ConversationIntake intake;
    private final AccountIntake accounts;
    private final LongSupplier serverId;
    private final Clock clock;
    private final Thread thread = Threads.daemon("imports", this::work);
    private volatile boolean closing;

    /**
     * @param exported what has to be known of exports of accounts
     * @param serverId tells the id of this server, which changes when it was taken for gone
     */
    public Imports(Database database, FileStore files, ConversationLimits limits, ExportedAccounts exported, LongSupplier serverId,
            Clock clock) {
        this.database = database;
        this.imports = database.reader(ImportDao.class);
        this.intake = new ConversationIntake(database, files, limits, exported.origins(), clock);
        this.accounts = new AccountIntake(database, exported, clock);
        this.serverId = serverId;
        this.clock = clock;
    }

    public void start() {
        thread.start();
    }

    /** What a server that is gone was reading waits again; what it was taking in is deleted. */
    public boolean releaseSome(Transaction tx) {
        var dao = tx.dao(ImportDao.class);
        dao.disownAbandoned();
        if (dao.failAbandoned(clock.instant()) + dao.releaseAbandoned() > 0) {
            signalWork();
        }
        return false;
    }

    /** A file has come. */
    void signalWork() {
        signal.release();
    }

    /** Leaves what is being read to the next start, or to another server. */
    @Override
    public void close() {
        closing = true;
        signalWork();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        boolean isTroubled = false;
        WorkingCopies.deleteAbandoned();
        while (!closing) {
            try {
                if (isTroubled) {
                    releaseAll();
                    isTroubled = false;
                }
                if (!readsNext()) {
                    listen();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                isTroubled = true;
                if (!closing) {
                    log.error("Could not look for files to import, will try again", e);
                    Threads.pause(AFTER_TROUBLE);
                }
            }
        }
    }

    /** A file may also come from another server, or a command that was killed before it could tell. */
    private void listen() throws InterruptedException {
        signal.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        signal.drainPermits();
    }

    /** How one has ended could not be saved: it is looked at again, and passes over what its report has already. */
    private void releaseAll() {
        database.save(tx -> {
            tx.dao(ImportDao.class).releaseAll(serverId.getAsLong());
            return null;
        });
    }

    private boolean readsNext() {
        long server = serverId.getAsLong();
        var job = imports.next().flatMap(next -> database.write(next.userId(),
                tx -> tx.dao(ImportDao.class).claim(next.id(), server, clock.instant())));
        job.ifPresent(this::read);
        return job.isPresent();
    }

    private void read(ImportJob job) {
        try {
            var file = WorkingCopies.create();
            try {
                copy(job, file);
                new ImportRun(database, intake, accounts, job, () -> !goesOn(job), (done, total, item) -> {}).read(file);
            } finally {
                Files.deleteIfExists(file);
            }
            end(job, Import.DONE, null);
        } catch (ImportRun.StoppedException e) {
            release(job);
        } catch (IOException e) {
            end(job, Import.FAILED, UnreadableException.sentence(e));
        } catch (ApiException | DatabaseUnavailableException e) { // the database is away, or the account is gone
            log.warn("Import {} cannot go on now: {}", job.id(), e.getMessage());
            release(job);
            Threads.pause(AFTER_TROUBLE);
        } catch (RuntimeException | OutOfMemoryError e) {
            log.error("Import {} failed", job.id(), e);
            end(job, Import.FAILED, "An internal server error occurred.");
        }
    }

    private boolean goesOn(ImportJob job) {
        return !closing && imports.isRunning(job.id(), job.serverId());
    }

    private void copy(ImportJob job, Path file) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            int number = 0;
            for (var piece = imports.piece(job.id(), number); piece != null; piece = imports.piece(job.id(), ++number)) {
                if (!goesOn(job)) {
                    throw new ImportRun.StoppedException();
                }
                out.write(piece);
            }
        }
    }

    private void end(ImportJob job, String status, String error) {
        database.save(tx -> tx.dao(ImportDao.class).end(job.id(), job.serverId(), status, error, clock.instant()));
    }

    /** One that was cancelled is not at it any more, and stays so. */
    private void release(ImportJob job) {
        database.save(tx -> {
            tx.dao(ImportDao.class).release(job.id(), job.serverId());
            return null;
        });
    }
}
