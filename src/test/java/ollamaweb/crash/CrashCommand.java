package ollamaweb.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import ollamaweb.log.Logs;
import ollamaweb.testing.PostgresServer;

/** Kills servers as {@code ./run.sh crash-test} says, and tells whether something was lost. */
public final class CrashCommand {

    private static final String USAGE = """
            Usage: ./run.sh crash-test [--rounds N] [--database sqlite|postgresql|both] [--seed N]

            Starts servers on a new database and kills them with SIGKILL at random moments, while people chat, bring conversations and
            files in, sort and delete them, plan, and backups are made. Ends with 0 if everything that was acknowledged is still there.

              --rounds    how many times on each database (default 100)
              --database  which kinds of database (default both)
              --seed      to do the same again, as far as the moments of a machine allow""";

    private int rounds = 100;
    private List<String> databases = List.of("sqlite", "postgresql");
    private long seed = new Random().nextInt(1_000_000);

    private CrashCommand() {}

    public static void main(String[] words) throws IOException, InterruptedException {
        Logs.chooseProvider();
        var command = new CrashCommand();
        try {
            command.parse(List.of(words).iterator());
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + System.lineSeparator() + USAGE);
            System.exit(2);
        }
        System.exit(command.run() ? 0 : 1);
    }

    private void parse(Iterator<String> words) {
        while (words.hasNext()) {
            var flag = words.next();
            if (!flag.matches("--(rounds|seed|database)") || !words.hasNext()) {
                throw new IllegalArgumentException("unknown argument '" + flag + "', or one without a value");
            }
            var value = words.next();
            switch (flag) {
                case "--rounds" -> rounds = Integer.parseInt(value);
                case "--seed" -> seed = Long.parseLong(value);
                default -> databases = databases(value);
            }
        }
    }

    private static List<String> databases(String named) {
        return switch (named) {
            case "sqlite", "postgresql" -> List.of(named);
            case "both" -> List.of("sqlite", "postgresql");
            default -> throw new IllegalArgumentException("--database takes sqlite, postgresql or both");
        };
    }

    private boolean run() throws IOException, InterruptedException {
        for (var database : databases) {
            var folder = Files.createTempDirectory("ollama-web-crash-test");
            System.out.printf("%d rounds on %s, seed %d, in %s%n", rounds, database, seed, folder);
            long begun = System.nanoTime();
            try (var run = new CrashRun(folder, url(database, folder), seed)) {
                var outcome = run.run(rounds, System.out);
                System.out.printf("%s: killed %d times in %d s; %d acknowledged requests, all kept; %d backups, all whole%n", database,
                        outcome.rounds(), (System.nanoTime() - begun) / 1_000_000_000, outcome.acknowledged(), outcome.backups());
            } catch (Broken e) {
                System.out.printf("%s: %s (seed %d; the data are in %s)%n", database, e.getMessage(), seed, folder);
                return false;
            }
            delete(folder);
        }
        return true;
    }

    static String url(String database, Path folder) {
        return database.equals("sqlite") ? "jdbc:sqlite:" + folder.resolve("crash.db") : PostgresServer.newEmptyDatabase();
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
