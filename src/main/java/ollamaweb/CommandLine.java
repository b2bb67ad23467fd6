package ollamaweb;

import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the words after {@code java -jar} ask for.
 *
 * @param settings the environment, the {@code .env} file beneath it, the flags on top
 * @param target   the {@code DATABASE_URL} to which all data is to go, the file of a backup or an import, or what an admin is to do;
 *                 null if none is named
 * @param account  whose an import is, or with whom an admin does it, an e-mail address or an id; null where no account is named
 * @param dryRun   whether an import only tells what would be
 */
record CommandLine(Command command, Map<String, String> settings, String target, String account, boolean dryRun) {

    enum Command {
        SERVE, MIGRATE_UP, MIGRATE_DOWN, MIGRATE_STATUS, TRANSFER, MAINTENANCE, BACKUP, RESTORE, VERIFY, IMPORT, ADMIN, HELP, VERSION
    }

    /** The commands that can be followed by the name of a file. */
    private static final Set<Command> WITH_FILE = EnumSet.of(Command.BACKUP, Command.RESTORE, Command.VERIFY, Command.IMPORT);

    /** What {@code admin} lists. */
    static final String LIST = "list";
    private static final List<String> ADMIN_ACTIONS =
            List.of(LIST, "create", "promote", "demote", "disable", "enable", "reset-password");

    /** Words that make no sense. */
    static final class Misuse extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Misuse(String problem) {
            super(problem + " (try --help)");
        }
    }

    /**
     * @throws Misuse      if the words make no sense, or a {@code .env} does not
     * @throws IOException if a {@code .env} cannot be read
     */
    static CommandLine parse(List<String> words) throws IOException {
        var command = Command.SERVE;
        var settings = new HashMap<>(environment());
        String target = null;
        String account = null;
        boolean dryRun = false;
        for (var word = words.iterator(); word.hasNext();) {
            var flag = word.next();
            switch (flag) {
                case "--help", "-h" -> command = Command.HELP;
                case "--version" -> command = Command.VERSION;
                case "--host" -> settings.put("HOST", value(flag, word));
                case "--port" -> settings.put("PORT", value(flag, word));
                case "--db" -> settings.put("DATABASE_URL", "jdbc:sqlite:" + value(flag, word));
                case "maintenance" -> command = Command.MAINTENANCE;
                case "backup" -> command = Command.BACKUP;
                case "restore" -> command = Command.RESTORE;
                case "verify" -> command = Command.VERIFY;
                case "import" -> command = Command.IMPORT;
                case "admin" -> {
                    command = Command.ADMIN;
                    target = action(word.hasNext() ? word.next() : "");
                    account = target.equals(LIST) ? null : value("admin " + target, word);
                }
                case "--account" -> account = value(flag, word);
                case "--dry-run" -> dryRun = true;
                case "migrate" -> command = migration(word.hasNext() ? word.next() : "");
                default -> {
                    if (!WITH_FILE.contains(command) || target != null || flag.startsWith("-")) {
                        throw new Misuse("unknown argument '" + flag + "'");
                    }
                    target = flag;
                }
            }
            if (command == Command.TRANSFER && target == null) {
                target = value("--to", word);
            }
        }
        if (command == Command.RESTORE && target == null) {
            throw new Misuse("restore needs the file of a backup");
        }
        if (command == Command.IMPORT ? target == null || account == null : account != null && command != Command.ADMIN || dryRun) {
            throw new Misuse("import needs a file and --account, which are for nothing else");
        }
        return new CommandLine(command, settings, target, account, dryRun);
    }

    private static String action(String word) {
        if (!ADMIN_ACTIONS.contains(word)) {
            throw new Misuse("admin takes " + String.join(", ", ADMIN_ACTIONS));
        }
        return word;
    }

    private static Command migration(String direction) {
        return switch (direction) {
            case "up" -> Command.MIGRATE_UP;
            case "down" -> Command.MIGRATE_DOWN;
            case "status" -> Command.MIGRATE_STATUS;
            case "--to" -> Command.TRANSFER;
            default -> throw new Misuse("migrate takes up, down, status or --to");
        };
    }

    private static String value(String flag, Iterator<String> words) {
        if (!words.hasNext()) {
            throw new Misuse(flag + " needs a value");
        }
        return words.next();
    }

    private static Map<String, String> environment() throws IOException {
        var values = new HashMap<String, String>();
        for (var folder : List.of(besideTheJar(), Path.of("").toAbsolutePath())) {
            if (Files.isRegularFile(folder.resolve(".env"))) {
                values.putAll(dotenv(folder.resolve(".env")));
            }
        }
        System.getenv().forEach((name, value) -> {
            if (!value.isBlank()) {
                values.put(name, value);
            }
        });
        return values;
    }

    private static Map<String, String> dotenv(Path file) throws IOException {
        try {
            return DotEnv.read(file, System.getenv());
        } catch (DotEnv.Unreadable e) {
            throw new Misuse("cannot read " + file + ": " + e.getMessage());
        } catch (AccessDeniedException e) {
            throw new Misuse("cannot read " + file + ": permission denied");
        }
    }

    private static Path besideTheJar() {
        var source = CommandLine.class.getProtectionDomain().getCodeSource().getLocation();
        return Path.of(URI.create(source.toString())).toAbsolutePath().getParent();
    }
}
