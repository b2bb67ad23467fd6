package ollamaweb.bench;

import java.io.IOException;
import java.time.Duration;

/** How much later the first token comes through the server than straight from the upstream; asked by turns. */
final class FirstToken implements Scenario {

    private static final Pace PACE = new Pace(5, 200);
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Override
    public void run(Lab lab, Report report) throws IOException {
        report.scenario("First token, one answer at a time");
        var bare = new Samples();
        var relayed = new Samples();
        try (var server = lab.server()) {
            int rounds = lab.number(200, 40);
            WarmUp.run(lab.number(15, 4), () -> {
                var times = new Samples();
                for (int i = 0; i < 100; i++) {
                    ask(lab.upstream(), new Samples());
                    ask(server.target(), times);
                }
                return times.median();
            });
            for (int i = 0; i < rounds; i++) {
                ask(lab.upstream(), bare);
                ask(server.target(), relayed);
            }
        }
        add(report, "median", relayed, bare, 50);
        add(report, "p99", relayed, bare, 99);
        report.add(new Figure("first", "later than bare, median", "ms", relayed.median() - bare.median(), null, null, null));
    }

    private static void ask(Target target, Samples samples) throws IOException {
        var answer = Streams.run(target, 1, PACE, LIMIT).orThrow();
        samples.add(answer.clients().get(0).nanosToFirstToken());
    }

    private static void add(Report report, String name, Samples relayed, Samples bare, double percent) {
        double value = relayed.percentile(percent);
        double other = bare.percentile(percent);
        report.add(new Figure("first", name, "ms", value, other, value / other, "bare upstream"));
    }
}
