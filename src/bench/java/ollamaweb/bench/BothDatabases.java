package ollamaweb.bench;

import java.io.IOException;

/** The list and the searches with very many messages on PostgreSQL, beside the same on SQLite: the one is a copy of the other. */
final class BothDatabases implements Scenario {

    private static final double NANOS_PER_SECOND = 1e9;

    @Override
    public void run(Lab lab, Report report) throws IOException {
        int messages = lab.options().messages();
        report.scenario(String.format("Library of %,d messages, PostgreSQL beside SQLite", messages));
        var sqlite = Seeder.seed(lab, messages);
        try (var services = Services.start()) {
            var settings = services.newDatabase();
            long start = System.nanoTime();
            lab.run(sqlite, "migrate", "--to", settings.get("DATABASE_URL"), "--db", ServerProcess.database(sqlite).toString());
            report.add(new Figure("databases", "migrate --to postgresql", "s", (System.nanoTime() - start) / NANOS_PER_SECOND, null, null,
                    null));
            try (var onSqlite = lab.server(sqlite); var onPostgres = lab.server(lab.newFolder(), settings)) {
                new LibraryComparison("databases", "SQLite", onSqlite, onPostgres, lab, report).run(messages);
                report.add(new Figure("databases", "memory", "MiB", onPostgres.figures().residentMib(),
                        onSqlite.figures().residentMib(), null, "SQLite"));
            }
        }
    }
}
