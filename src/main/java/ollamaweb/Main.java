package ollamaweb;

import com.github.benmanes.caffeine.cache.Ticker;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import ollamaweb.db.Database;
import ollamaweb.log.Logs;
import org.apache.ibatis.migration.MigrationException;

/** The command line: starts the server, or migrates its database. */
public final class Main {

    private static final String USAGE = """
            Usage: java -jar ollama-web.jar [--host HOST] [--port PORT] [--db FILE]
                   java -jar ollama-web.jar migrate up|down|status [--db FILE]
                   java -jar ollama-web.jar --help | --version

            Settings come from the environment or from a .env file in the working folder or beside the jar;
            .env.example explains them. The flags override HOST, PORT and DATABASE_URL.""";

    private Main() {}

    public static void main(String[] arguments) {
        try {
            run(CommandLine.parse(List.of(arguments)));
        } catch (CommandLine.Misuse | Settings.BadSetting | IOException e) {
            fail(e.getMessage());
        } catch (JavalinBindException e) {
            fail("cannot listen: " + e.getMessage());
        }
    }

    private static void run(CommandLine line) throws IOException {
        switch (line.command()) {
            case HELP -> System.out.println(USAGE);
            case VERSION -> System.out.println("ollama-web " + ServerRoutes.VERSION);
            case MIGRATE_UP, MIGRATE_DOWN, MIGRATE_STATUS -> migrate(line);
            case SERVE -> serve(Settings.of(line.settings()));
        }
    }

    private static void serve(Settings settings) throws IOException {
        Logs.chooseProvider();
        Logs.open(settings.logFolder(), settings.logLevel());
        var app = new App(settings, Clock.systemUTC(), Ticker.systemTicker());
        try {
            app.start();
        } catch (RuntimeException e) {
            app.close();
            throw e;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            app.close();
            Logs.close();
        }, "shutdown"));
        System.out.printf("ollama-web listens on http://%s:%d, keeps its data in %s, and Ollama at %s %s%n",
                settings.host().equals("127.0.0.1") ? "localhost" : settings.host(), app.port(),
                settings.databaseFile().toAbsolutePath().normalize(), settings.ollamaUrl(),
                app.ollamaAnswers(settings) ? "answers" : "does not answer");
    }

    private static void migrate(CommandLine line) throws IOException {
        var migrations = Database.migrations(Settings.of(line.settings()).databaseFile());
        try {
            switch (line.command()) {
                case MIGRATE_UP -> migrations.up();
                case MIGRATE_DOWN -> migrations.down();
                default -> { }
            }
            migrations.status(System.out);
        } catch (SQLException | MigrationException e) {
            throw new IOException("the migration failed and changed nothing: " + e.getMessage(), e);
        }
    }

    private static void fail(String reason) {
        System.err.println("ollama-web: " + reason);
        System.exit(1);
    }
}
