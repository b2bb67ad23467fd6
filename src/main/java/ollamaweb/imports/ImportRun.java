package ollamaweb.imports;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import ollamaweb.db.Database;
import ollamaweb.imports.sources.AccountFormat;
import ollamaweb.imports.sources.AccountSink;
import ollamaweb.imports.sources.ConversationSink;
import ollamaweb.imports.sources.FileContainer;
import ollamaweb.imports.sources.SourceContainer;
import ollamaweb.imports.sources.SourceConversation;
import ollamaweb.imports.sources.SourceFormat;

/**
 * Reads one file: first to count what is in it, then to take it in, conversation by conversation, each with its line in the report.
 * A run that was broken off is gone on with by another one, which passes over what the report has already.
 */
final class ImportRun {

    private final Database database;
    private final ConversationIntake intake;
    private final AccountIntake accounts;
    private final ImportJob job;
    private final BooleanSupplier stops;
    private final Watcher watcher;

    /** Sees how far it is. */
    @FunctionalInterface
    interface Watcher {

        void reached(int done, int total, ImportItem item);
    }

    /** Nobody wants the rest: it was cancelled, or left to another server, or this one stops. */
    static final class StoppedException extends IOException {

        private static final long serialVersionUID = 1L;

        StoppedException() {
            super("The import was stopped");
        }
    }

    /** @param stops asked before each conversation; true ends it */
    ImportRun(Database database, ConversationIntake intake, AccountIntake accounts, ImportJob job, BooleanSupplier stops, Watcher watcher) {
        this.database = database;
        this.intake = intake;
        this.accounts = accounts;
        this.job = job;
        this.stops = stops;
        this.watcher = watcher;
    }

    /**
     * @throws StoppedException if it was stopped; what is in stays
     * @throws IOException      if the file cannot be read, or is of no format that is known
     */
    void read(Path path) throws IOException {
        try (var file = FileContainer.open(path)) {
            var format = Formats.of(file);
            var counting = new Counting();
            readAll(format, file, counting, counting);
            database.save(tx -> {
                tx.dao(ImportDao.class).counted(job.id(), format.name(), counting.count);
                return null;
            });
            var taking = new Taking(format.name(), counting.count);
            readAll(format, file, taking, taking);
            taking.link();
        }
    }

    private static void readAll(SourceFormat format, SourceContainer file, ConversationSink conversations, AccountSink rest)
            throws IOException {
        format.read(file, conversations);
        if (format instanceof AccountFormat account) {
            account.readRest(file, rest);
        }
    }

    private void requireWanted() throws StoppedException {
        if (stops.getAsBoolean()) {
            throw new StoppedException();
        }
    }

    /** Only counts. */
    private final class Counting implements ConversationSink, AccountSink {

        private static final int LOOK = 100;
        private int count;

        @Override
        public void add(SourceConversation conversation) throws IOException {
            count();
        }

        @Override
        public void add(Kind kind, String origin, JsonNode json) throws IOException {
            count();
        }

        @Override
        public void fail(String title, String detail) throws IOException {
            count();
        }

        private void count() throws StoppedException {
            if (count++ % LOOK == 0) {
                requireWanted();
            }
        }

        @Override
        public void goOn() throws IOException {
            requireWanted();
        }
    }

    /** Takes in. */
    private final class Taking implements ConversationSink, AccountSink {

        private final ImportTarget target;
        private final int total;
        private final List<AccountIntake.Hanging> linked = new ArrayList<>();
        private String accountOrigin = "";
        private int number;

        Taking(String source, int total) {
            this.target = new ImportTarget(job.id(), job.userId(), job.serverId(), source, job.dryRun());
            this.total = total;
        }

        @Override
        public void add(SourceConversation conversation) throws IOException {
            if (isNext()) {
                report(intake.take(target, conversation));
            }
        }

        @Override
        public void add(Kind kind, String origin, JsonNode json) throws IOException {
            accountOrigin = origin;
            AccountIntake.Hanging.of(kind, json).ifPresent(linked::add);
            if (isNext()) {
                if (kind == Kind.INSIGHT || kind == Kind.SETTINGS) {
                    link();
                }
                report(accounts.take(target, kind, origin, json));
            }
        }

        /** All tasks are here, so that those that hang on later ones can be hung there. */
        void link() {
            accounts.link(target, accountOrigin, linked);
            linked.clear();
        }

        @Override
        public void fail(String title, String detail) throws IOException {
            if (isNext()) {
                report(ConversationIntake.failed(title, detail));
            }
        }

        private boolean isNext() throws StoppedException {
            number++;
            if (number <= job.done()) {
                return false;
            }
            requireWanted();
            return true;
        }

        @Override
        public void goOn() throws IOException {
            requireWanted();
        }

        private void report(ImportItem item) {
            var placed = item.at(number);
            database.save(tx -> {
                var dao = tx.dao(ImportDao.class);
                dao.addItem(job.id(), placed);
                dao.count(job.id(), placed.result());
                return null;
            });
            watcher.reached(number, Math.max(total, number), placed);
        }
    }
}
