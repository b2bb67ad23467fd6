package ollamaweb.crash;

import static ollamaweb.testing.Script.tokens;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import ollamaweb.Settings;
import ollamaweb.backup.BackupSettings;
import ollamaweb.backup.Backups;
import ollamaweb.backup.Restore;
import ollamaweb.db.Storage;
import ollamaweb.testing.ScriptedOllama;

/**
 * A server that is killed again and again, at random moments, while people chat, bring conversations and files in, sort them and
 * throw them away, plan, and a backup is made. Each time it is started anew everything that it has acknowledged has to be there, nothing
 * may be locked, and the database and each backup have to be whole. Of an answer under way all but its last second is kept.
 */
final class CrashRun implements AutoCloseable {

    private static final String KEY = "key-of-somebody";
    private static final int LONGEST_LOAD_MS = 2000;
    private static final int LONGEST_START_MS = 2500;
    /** One round in so many is ended while the server starts. */
    private static final int STARTS = 5;
    /** In one round in so many a backup is made. */
    private static final int BACKUPS = 3;
    private static final int KEPT_BACKUPS = 10;
    private static final PrintStream NOWHERE = new PrintStream(PrintStream.nullOutputStream());

    private final Random random;
    private final Path folder;
    private final Map<String, String> settings;
    private final Storage storage;
    private final ScriptedOllama ollama = ScriptedOllama.start().model("short", tokens(60, 100)).model("long", tokens(100_000, 200));
    private final Journal journal = new Journal();
    private final List<Path> backups = new CopyOnWriteArrayList<>();
    private int made;

    /** What became of a run. */
    record Outcome(int rounds, int acknowledged, int backups) {}

    /**
     * @param folder      an empty one
     * @param databaseUrl as {@code DATABASE_URL} has it
     */
    CrashRun(Path folder, String databaseUrl, long seed) throws IOException {
        this.random = new Random(seed);
        this.folder = folder;
        this.settings = new HashMap<>(Map.of("DATABASE_URL", databaseUrl, "OLLAMA_URL", ollama.url(), "OLLAMA_PARALLEL", "100",
                "RATE_LIMIT_ENABLED", "false"));
        if (!databaseUrl.startsWith("jdbc:sqlite:")) {
            settings.putAll(Map.of("SECRET_KEY", "secret-of-the-crash-test", "JWT_SECRET_KEY", "jwt-secret-of-the-crash-test-0123456789"));
        }
        this.storage = Settings.of(settings).storage();
    }

    /** @throws Broken if something was lost */
    Outcome run(int rounds, PrintStream out) throws IOException, InterruptedException {
        long killedAt = System.nanoTime();
        for (int round = 1; round <= rounds; round++) {
            if (random.nextInt(STARTS) == 0) {
                killWhileItStarts();
            }
            killedAt = killUnderLoad(killedAt);
            if (round % 10 == 0 || round == rounds) {
                out.printf("  killed %d times, %d requests acknowledged, nothing lost, %d backups%n", round, journal.acknowledged(),
                        made);
            }
        }
        try (var server = new Server(folder, settings)) {
            var api = new Api(server.port(), KEY);
            journal.check(api, killedAt, random);
            FileImports.awaitAll(api);
            journal.checkAll(api, killedAt);
            verify();
        }
        for (var backup : backups) {
            new Restore(NOWHERE, false, Clock.systemUTC()).verify(backup);
        }
        return new Outcome(rounds, journal.acknowledged(), made);
    }

    @Override
    public void close() {
        ollama.close();
    }

    private void killWhileItStarts() throws IOException, InterruptedException {
        try (var server = new Server(folder, settings)) {
            Thread.sleep(random.nextInt(LONGEST_START_MS));
            server.kill();
        }
    }

    /** @return when it was killed */
    private long killUnderLoad(long killedBefore) throws IOException, InterruptedException {
        try (var server = new Server(folder, settings)) {
            var api = new Api(server.port(), KEY);
            api.post("/api/auth/setup", "{\"api_key\":\"" + KEY + "\"}");
            journal.check(api, killedBefore, random);
            verify();
            var load = new Load(api, journal, random);
            if (random.nextInt(BACKUPS) == 0) {
                load.startOnce("backup", this::backUp);
            }
            Thread.sleep(random.nextInt(LONGEST_LOAD_MS));
            server.kill();
            long killedAt = System.nanoTime();
            load.join();
            return killedAt;
        }
    }

    private void verify() {
        try {
            new Restore(NOWHERE, false, Clock.systemUTC()).verify(storage);
        } catch (IOException e) {
            throw new Broken("The database is not whole: " + e.getMessage());
        }
    }

    /** By a process of its own, so that it goes on where the server is killed, and ends as a backup that is whole. */
    private void backUp() throws IOException {
        var file = folder.resolve("backup-" + made + ".zip");
        try {
            new Backups(storage, new BackupSettings(null, 1, false), "crash-test", NOWHERE, false, Clock.systemUTC()).make(file);
        } catch (IOException e) {
            throw new Broken("A backup failed: " + e.getMessage());
        }
        backups.add(file);
        made++;
        while (backups.size() > KEPT_BACKUPS) {
            Files.delete(backups.remove(0));
        }
    }
}
