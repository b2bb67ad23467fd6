package ollamaweb.bench;

import java.io.IOException;
import java.time.Duration;

/** Small authenticated requests a second, beside the cheapest ones this server and the scripted Ollama can answer. */
final class SmallGets implements Scenario {

    private static final int CONNECTIONS = 16;
    private static final int CONVERSATIONS = 20;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** The requests of one kind, round by round. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Rounds(String name, byte[] request, double[] perSecond, double[] cpu, Samples times) {

        Rounds(String name, String path, int rounds) {
            this(name, Target.get(path, ServerProcess.KEY), new double[rounds], new double[rounds], new Samples());
        }

        void run(int round, int port, ProcessFigures process, Duration duration) throws IOException {
            double before = process.cpuMicros();
            var measured = RequestClient.during(duration, CONNECTIONS, port, request);
            cpu[round] = (process.cpuMicros() - before) / measured.count();
            perSecond[round] = measured.count() / (duration.toMillis() / 1000.0);
            times.addAll(measured);
        }

        void report(Report report, Rounds baseline) {
            var ratios = new double[perSecond.length];
            for (int i = 0; i < ratios.length; i++) {
                ratios[i] = perSecond[i] / baseline.perSecond[i];
            }
            report.add(new Figure("gets", name, "req/s", Samples.median(perSecond), Samples.median(baseline.perSecond),
                    Samples.median(ratios), baseline.name));
            report.add(new Figure("gets", name + ", p99", "ms", times.percentile(99), baseline.times.percentile(99),
                    times.percentile(99) / baseline.times.percentile(99), baseline.name));
            if (ProcessFigures.exist()) {
                report.add(new Figure("gets", name + ", processor time", "µs/req", Samples.median(cpu), Samples.median(baseline.cpu),
                        Samples.median(cpu) / Samples.median(baseline.cpu), baseline.name));
            }
        }
    }

    @Override
    public void run(Lab lab, Report report) throws IOException {
        report.scenario("Small requests, " + CONNECTIONS + " connections");
        int rounds = lab.number(5, 2);
        var duration = Duration.ofSeconds(lab.number(4, 2));
        var bare = new Rounds("upstream's /api/version", "/api/version", rounds);
        var health = new Rounds("GET /health", "/health", rounds);
        var config = new Rounds("GET /api/config/get", "/api/config/get", rounds);
        var list = new Rounds("GET /api/conversations (20 items)", "/api/conversations", rounds);
        try (var server = lab.server()) {
            Streams.run(server.target(), CONVERSATIONS, Pace.unthrottled(5), LIMIT).orThrow();
            for (var kind : new Rounds[] {health, config, list}) {
                WarmUp.run(lab.number(10, 3),
                        () -> 1.0 / RequestClient.during(duration, CONNECTIONS, server.port(), kind.request()).count());
            }
            for (int i = 0; i < rounds; i++) {
                bare.run(i, lab.upstream().port(), lab.upstreamFigures(), duration);
                health.run(i, server.port(), server.figures(), duration);
                config.run(i, server.port(), server.figures(), duration);
                list.run(i, server.port(), server.figures(), duration);
            }
        }
        health.report(report, bare);
        config.report(report, health);
        list.report(report, health);
    }
}
