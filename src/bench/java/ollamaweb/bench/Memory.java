package ollamaweb.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/** What the server holds when nobody asks, while many answers are in the making, and afterwards. */
final class Memory implements Scenario {

    private static final int PER_SECOND = 5;

    @Override
    public void run(Lab lab, Report report) throws IOException {
        if (!ProcessFigures.exist()) {
            report.skipped("memory", "memory, threads, files", "this system has no /proc");
            return;
        }
        int streams = lab.number(1_000, 300);
        int seconds = lab.number(15, 5);
        report.scenario("Resident memory, " + streams + " streams at " + PER_SECOND + " tokens/s");
        try (var server = lab.server()) {
            Lab.pause(Duration.ofSeconds(lab.number(5, 2)));
            var idle = Holding.of(server);
            var busy = new Peak(server);
            Streams.run(server.target(), streams, new Pace(seconds * PER_SECOND, PER_SECOND), Duration.ofSeconds(seconds + 60),
                    busy::look).orThrow();
            Lab.pause(Duration.ofSeconds(10));
            var after = Holding.of(server);
            idle.report(report, "idle", idle);
            busy.most.report(report, streams + " streams", idle);
            after.report(report, "10 s after", idle);
        }
    }

    private record Holding(double mib, double threads, double files) {

        static Holding of(ServerProcess server) throws IOException {
            var figures = server.figures();
            return new Holding(figures.residentMib(), figures.threads(), figures.openFiles());
        }

        Holding max(Holding other) {
            return new Holding(Math.max(mib, other.mib), Math.max(threads, other.threads), Math.max(files, other.files));
        }

        void report(Report report, String when, Holding idle) {
            report.add(new Figure("memory", when, "MiB", mib, idle.mib, mib / idle.mib, "idle"));
            report.add(new Figure("memory", when + ", threads", "", threads, idle.threads, threads / idle.threads, "idle"));
            report.add(new Figure("memory", when + ", open files", "", files, idle.files, files / idle.files, "idle"));
        }
    }

    /** The most that was held at any time, looked up twice a second. */
    private static final class Peak {

        private static final long INTERVAL_NANOS = Duration.ofMillis(500).toNanos();

        private final ServerProcess server;
        private long nextLook = System.nanoTime();
        private Holding most = new Holding(0, 0, 0);

        Peak(ServerProcess server) {
            this.server = server;
        }

        void look(LongSupplier tokens) {
            if (System.nanoTime() < nextLook) {
                return;
            }
            nextLook = System.nanoTime() + INTERVAL_NANOS;
            try {
                most = most.max(Holding.of(server));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
