package ollamaweb;

import com.github.benmanes.caffeine.cache.Ticker;
import io.javalin.util.JavalinException;
import java.io.IOException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import ollamaweb.crypto.HashingCosts;
import ollamaweb.db.DatabaseUnavailableException;
import ollamaweb.log.LogFormat;
import ollamaweb.log.Logs;
import ollamaweb.outbound.UpstreamUrl;
import org.apache.ibatis.migration.MigrationException;
import org.slf4j.LoggerFactory;

/** The command line: starts the server, or does something with its data. */
public final class Main {

    private static final String USAGE = """
            Usage: java -jar ollama-web.jar [--host HOST] [--port PORT] [--db FILE]
                   java -jar ollama-web.jar migrate up|down|status [--db FILE]
                   java -jar ollama-web.jar migrate --to URL [--db FILE]
                   java -jar ollama-web.jar maintenance [--db FILE]
                   java -jar ollama-web.jar backup [FILE] [--db FILE]
                   java -jar ollama-web.jar verify [BACKUP] [--db FILE]
                   java -jar ollama-web.jar restore BACKUP [--db FILE]
                   java -jar ollama-web.jar import FILE --account EMAIL|ID [--dry-run] [--db FILE]
                   java -jar ollama-web.jar admin list|create|promote|demote|disable|enable|reset-password [EMAIL|ID] [--db FILE]
                   java -jar ollama-web.jar --help | --version

            Settings come from the environment or from a .env file in the working folder or beside the jar;
            .env.example explains them. The flags override HOST, PORT and DATABASE_URL.""";

    private Main() {}

    public static void main(String[] arguments) {
        try {
            run(CommandLine.parse(List.of(arguments)));
        } catch (FileSystemException e) {
            fail("cannot write " + e.getFile() + ": " + reason(e));
        } catch (CommandLine.Misuse | Settings.BadSetting | IOException e) {
            fail(e.getMessage());
        } catch (Throwable e) {
            Logs.toFiles("The start failed", e);
            fail("cannot start: " + (e instanceof DatabaseUnavailableException ? e.getMessage() : e));
        }
    }

    private static void run(CommandLine line) throws IOException {
        switch (line.command()) {
            case HELP -> System.out.println(USAGE);
            case VERSION -> System.out.println("ollama-web " + ServerRoutes.VERSION);
            case MIGRATE_UP, MIGRATE_DOWN, MIGRATE_STATUS -> migrate(line);
            case MAINTENANCE -> MaintenanceCommand.run(Settings.of(line.settings()));
            case TRANSFER -> TransferCommand.run(line.settings(), line.target());
            case ADMIN -> AdminCommand.run(line, System.out);
            case IMPORT -> ImportCommand.run(line);
            case BACKUP, RESTORE, VERIFY -> BackupCommand.run(line);
            case SERVE -> serve(Settings.of(line.settings()));
        }
    }

    /** The database comes before the logs: whoever does not get it leaves the first server's files alone. */
    private static void serve(Settings settings) throws IOException {
        Logs.chooseProvider();
        var database = settings.storage().open(BackupCommand.backups(settings).beforeUpgrade());
        App app;
        try {
            Logs.open(settings.logFolder(), settings.logLevel(), settings.logFormat());
            app = new App(settings, database, Clock.systemUTC(), Ticker.systemTicker(), HashingCosts.STANDARD);
        } catch (IOException | RuntimeException | Error e) {
            database.close();
            throw e;
        }
        start(app, settings);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            app.close();
            Logs.close();
        }, "shutdown"));
        var log = LoggerFactory.getLogger(Main.class);
        var greeting = String.format("ollama-web listens on http://%s, keeps its data in %s, and Ollama at %s %s",
                address(settings.host(), app.port()), settings.storage().location(),
                UpstreamUrl.text(settings.ollamaUrl()),
                app.ollamaAnswers() ? "answers" : "does not answer");
        if (settings.logFormat() == LogFormat.JSON) {
            log.info("{}", greeting);
        } else {
            System.out.println(greeting);
        }
        log.info("{}", database.description());
    }

    private static void start(App app, Settings settings) throws IOException {
        try {
            app.start();
        } catch (JavalinException e) {
            if (root(e) instanceof IOException || root(e) instanceof UnresolvedAddressException) {
                throw new IOException("cannot listen on " + address(settings.host(), settings.port()) + ": " + reason(root(e)), e);
            }
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private static void migrate(CommandLine line) throws IOException {
        try {
            var settings = Settings.of(line.settings());
            var backups = BackupCommand.backups(settings);
            settings.storage().migrate(migrations -> {
                switch (line.command()) {
                    case MIGRATE_UP -> {
                        backups.beforeUpgrade().on(migrations);
                        migrations.up();
                    }
                    case MIGRATE_DOWN -> {
                        backups.beforeDowngrade().on(migrations);
                        migrations.down();
                    }
                    default -> {
                    }
                }
                migrations.status(System.out);
            });
        } catch (SQLException | MigrationException e) {
            throw new IOException("the migration failed and changed nothing: " + e.getMessage(), e);
        }
    }

    /** @return where the server is that has these settings, as seen from its own machine */
    static String url(Settings settings) {
        boolean isAny = settings.host().equals("0.0.0.0") || settings.host().equals("::");
        return "http://" + address(isAny ? "127.0.0.1" : settings.host(), settings.port());
    }

    private static String address(String host, int port) {
        var shown = host.equals("127.0.0.1") ? "localhost" : host;
        return (shown.contains(":") ? "[" + shown + "]" : shown) + ":" + port;
    }

    private static String reason(FileSystemException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileAlreadyExistsException && e.getReason() == null) {
            return "it is a file, not a folder";
        }
        return e.getReason() == null ? "no such folder" : e.getReason();
    }

    private static String reason(Throwable e) {
        return e instanceof UnresolvedAddressException ? "there is no such host" : e.getMessage();
    }

    private static Throwable root(Throwable e) {
        var cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** One line, whatever libraries put into their messages. */
    private static void fail(String reason) {
        Logs.close();
        System.err.println("ollama-web: " + String.valueOf(reason).strip().replaceAll("\\s*\\R\\s*", " "));
        System.exit(1);
    }
}
