package ollamaweb.log;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.logging.FileHandler;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** Where log lines go: the console, {@code app.log} (all) and {@code error.log} (errors), rotated by size. */
public final class Logs {

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
        LogFile.createFolder(folder);
        close();
        current = new Logs(System.out, LogFile.open(folder.resolve("app.log")), LogFile.open(folder.resolve("error.log")), level);
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

    /** Writes an error to the files alone, if they are open: its trace is for them, where the console gets one line. */
    public static void toFiles(String message, Throwable error) {
        current.file(org.slf4j.event.Level.ERROR, stamped("Main - ERROR - " + message + System.lineSeparator() + trace(error)));
    }

    static void write(org.slf4j.event.Level level, String line) {
        var stamped = stamped(line);
        current.console.println(stamped);
        current.file(level, stamped);
    }

    /** @return the level by the name that the setting has for it */
    static String shown(org.slf4j.event.Level level) {
        return level == org.slf4j.event.Level.WARN ? "WARNING" : level.toString();
    }

    static String trace(Throwable error) {
        var trace = new StringWriter();
        error.printStackTrace(new PrintWriter(trace));
        return trace.toString().stripTrailing();
    }

    private static String stamped(String line) {
        return TIME.format(LocalDateTime.now(ZoneId.systemDefault())) + " - " + line;
    }

    private void file(org.slf4j.event.Level level, String stamped) {
        if (all != null) {
            var entry = new LogRecord(Level.SEVERE, stamped);
            all.publish(entry);
            if (level == org.slf4j.event.Level.ERROR) {
                errors.publish(entry);
            }
        }
    }
}
