package ollamaweb.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One server on SQLite, one on PostgreSQL, and three on PostgreSQL with Redis between them, measured by turns. All of them, their
 * databases and the load share one machine: the three show what working as one costs, and not what three machines can do.
 */
final class SeveralServers implements Scenario {

    private static final int STREAMS = 60;
    private static final int CONNECTIONS = 18;
    private static final int CONVERSATIONS = 20;
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Pace FEW = new Pace(5, 200);

    /** What was measured of one deployment. */
    private static final class Measured {

        final Deployment deployment;
        final List<Double> tokensPerSecond = new ArrayList<>();
        final Samples firstToken = new Samples();
        final List<Double> configsPerSecond = new ArrayList<>();
        final List<Double> listsPerSecond = new ArrayList<>();
        double idle;
        double after;

        Measured(Deployment deployment) {
            this.deployment = deployment;
        }

        void round(Lab lab) throws IOException {
            var pace = Pace.unthrottled(lab.number(10_000, 2_000));
            var answers = Streams.run(deployment.targets(), STREAMS, pace, LIMIT, soFar -> {}).orThrow();
            tokensPerSecond.add(answers.tokens() / answers.seconds());
            for (int i = 0; i < lab.number(40, 10); i++) {
                for (var target : deployment.targets()) {
                    firstToken.add(Streams.run(target, 1, FEW, LIMIT).orThrow().clients().get(0).nanosToFirstToken());
                }
            }
            configsPerSecond.add(requests(lab, "/api/config/get"));
            listsPerSecond.add(requests(lab, "/api/conversations"));
        }

        private double requests(Lab lab, String path) throws IOException {
            var duration = Duration.ofSeconds(lab.number(3, 1));
            return RequestClient.during(duration, CONNECTIONS, deployment.ports(), Target.get(path, ServerProcess.KEY)).count()
                    / (double) duration.toSeconds();
        }
    }

    @Override
    public void run(Lab lab, Report report) throws IOException {
        report.scenario("One server and three, on both databases");
        try (var services = Services.start();
                var sqlite = Deployment.start("SQLite", 1, lab, Map.of());
                var postgres = Deployment.start("PostgreSQL", 1, lab, services.newDatabase());
                var three = Deployment.start("three, PostgreSQL and Redis", 3, lab, services.withRedis(services.newDatabase()))) {
            var all = List.of(new Measured(sqlite), new Measured(postgres), new Measured(three));
            for (var measured : all) {
                measured.idle = measured.deployment.residentMib();
                for (int i = 0; i < CONVERSATIONS; i++) {
                    Streams.run(measured.deployment.servers().get(0).target(), 1, FEW, LIMIT).orThrow();
                }
            }
            for (int warmUp = lab.number(3, 1); warmUp > 0; warmUp--) {
                for (var measured : all) {
                    new Measured(measured.deployment).round(lab);
                }
            }
            for (int round = lab.number(5, 2); round > 0; round--) {
                for (var measured : all) {
                    measured.round(lab);
                }
            }
            for (var measured : all) {
                measured.after = measured.deployment.residentMib();
            }
            all.forEach(measured -> report(report, measured, all.get(0)));
        }
    }

    private static void report(Report report, Measured measured, Measured baseline) {
        var name = measured.deployment.name();
        add(report, name + ", " + STREAMS + " streams", "tokens/s", median(measured.tokensPerSecond),
                median(baseline.tokensPerSecond));
        add(report, name + ", first token, median", "ms", measured.firstToken.median(), baseline.firstToken.median());
        add(report, name + ", first token, p99", "ms", measured.firstToken.percentile(99), baseline.firstToken.percentile(99));
        add(report, name + ", GET /api/config/get", "req/s", median(measured.configsPerSecond), median(baseline.configsPerSecond));
        add(report, name + ", GET /api/conversations", "req/s", median(measured.listsPerSecond), median(baseline.listsPerSecond));
        if (ProcessFigures.exist()) {
            add(report, name + ", memory after the start", "MiB", measured.idle, baseline.idle);
            add(report, name + ", memory after the load", "MiB", measured.after, baseline.after);
        }
    }

    private static void add(Report report, String name, String unit, double value, double baseline) {
        report.add(new Figure("servers", name, unit, value, baseline, value / baseline, "one on SQLite"));
    }

    private static double median(List<Double> values) {
        return Samples.median(values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
