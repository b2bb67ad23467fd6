package ollamaweb.log;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.logging.FileHandler;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** Where log lines go: the console, {@code app.log} (all) and {@code error.log} (errors), rotated by size. */
public final class Logs {

    private static volatile Logs current = new Logs(System.out, null, null, org.slf4j.event.Level.INFO, LogFormat.TEXT);

    private final PrintStream console;
    private final FileHandler all;
    private final FileHandler errors;
    private final org.slf4j.event.Level level;
    private final LogFormat format;

    private Logs(PrintStream console, FileHandler all, FileHandler errors, org.slf4j.event.Level level, LogFormat format) {
        this.console = console;
        this.all = all;
        this.errors = errors;
        this.level = level;
        this.format = format;
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
    public static void open(Path folder, org.slf4j.event.Level level, LogFormat format) throws IOException {
        LogFile.createFolder(folder);
        close();
        current = new Logs(System.out, LogFile.open(folder.resolve("app.log")), LogFile.open(folder.resolve("error.log")), level,
                format);
    }

    /** Closes the files; later lines go to the console only. */
    public static void close() {
        var closing = current;
        current = new Logs(closing.console, null, null, closing.level, closing.format);
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
        var open = current;
        open.file(org.slf4j.event.Level.ERROR,
                new LogLine(now(), org.slf4j.event.Level.ERROR, "Main", "{}", new Object[] {message}, List.of(), error).in(open.format));
    }

    static void write(LogLine line) {
        var open = current;
        var written = line.in(open.format);
        open.console.println(written);
        open.file(line.level(), written);
    }

    /** @return the time that a line has: that of this machine, with its zone */
    static OffsetDateTime now() {
        return OffsetDateTime.now(ZoneId.systemDefault());
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
