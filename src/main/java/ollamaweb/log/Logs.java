package ollamaweb.log;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.logging.FileHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** Where log lines go: the console, {@code app.log} (all) and {@code error.log} (errors), rotated by size. */
public final class Logs {

    private static final int MAX_BYTES = 10 * 1024 * 1024;
    private static final int FILES_KEPT = 5;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private static volatile Logs current = new Logs(System.out, null, null, org.slf4j.event.Level.INFO);

    private final PrintStream console;
    private final FileHandler all;
    private final FileHandler errors;
    private final org.slf4j.event.Level level;

    private Logs(PrintStream console, FileHandler all, FileHandler errors, org.slf4j.event.Level level) {
        this.console = console;
        this.all = all;
        this.errors = errors;
        this.level = level;
    }

    /** To be called before the first logger is made: chooses this package as SLF4J's provider. */
    public static void chooseProvider() {
        System.setProperty("slf4j.provider", LogProvider.class.getName());
        System.setProperty("slf4j.internal.verbosity", "WARN");
    }

    /**
     * Opens the files.
     *
     * @throws IOException if the folder cannot be made or written
     */
    public static void open(Path folder, org.slf4j.event.Level level) throws IOException {
        Files.createDirectories(folder);
        close();
        current = new Logs(System.out, file(folder.resolve("app.log")), file(folder.resolve("error.log")), level);
    }

    /** Closes the files; later lines go to the console only. */
    public static void close() {
        var closing = current;
        current = new Logs(closing.console, null, null, closing.level);
        if (closing.all != null) {
            closing.all.close();
            closing.errors.close();
        }
    }

    static boolean isEnabled(org.slf4j.event.Level line, boolean ownCode) {
        int least = ownCode ? current.level.toInt() : Math.max(current.level.toInt(), org.slf4j.event.Level.WARN.toInt());
        return line.toInt() >= least;
    }

    static void write(org.slf4j.event.Level level, String line) {
        var logs = current;
        var stamped = TIME.format(LocalDateTime.now()) + " - " + line;
        logs.console.println(stamped);
        if (logs.all != null) {
            var entry = new LogRecord(Level.SEVERE, stamped);
            logs.all.publish(entry);
            if (level == org.slf4j.event.Level.ERROR) {
                logs.errors.publish(entry);
            }
        }
    }

    private static FileHandler file(Path path) throws IOException {
        var handler = new FileHandler(path.toString().replace("%", "%%") + ".%g", MAX_BYTES, FILES_KEPT, true);
        handler.setEncoding(StandardCharsets.UTF_8.name());
        handler.setFormatter(new Formatter() {
            @Override
            public String format(LogRecord entry) {
                return entry.getMessage() + System.lineSeparator();
            }
        });
        linkToNewest(path);
        return handler;
    }

    /** The handler numbers its files, {@code .0} being the newest; the plain name leads there. */
    private static void linkToNewest(Path path) throws IOException {
        if (Files.isSymbolicLink(path) || !Files.exists(path)) {
            Files.deleteIfExists(path);
            try {
                Files.createSymbolicLink(path, Path.of(path.getFileName() + ".0"));
            } catch (UnsupportedOperationException | IOException noLinksHere) {
                System.err.println("The newest log is " + path + ".0");
            }
        }
    }
}
