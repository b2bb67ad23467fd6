package ollamaweb.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;

/**
 * Answers of one server that are followed and stopped on others: how much later a token comes there than on the server that
 * makes it, whether all come whole and in order, and how soon a stop holds.
 */
final class Following implements Scenario {

    private static final int SERVERS = 3;
    private static final Pace LIVELY = new Pace(200, 20);
    private static final Pace SLOW = new Pace(60, 2);
    private static final Pace ENDLESS = new Pace(2_000, 20);
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int[] PERCENTS = {50, 95, 99};

    @Override
    public void run(Lab lab, Report report) throws IOException {
        report.scenario("Answers of one server, followed on two others");
        try (var services = Services.start()) {
            measure("with Redis", services.withRedis(services.newDatabase()), lab, report);
            measure("without Redis", services.newDatabase(), lab, report);
        }
    }

    private static void measure(String name, Map<String, String> settings, Lab lab, Report report) throws IOException {
        try (var three = Deployment.start(name, SERVERS, lab, settings)) {
            FollowedAnswers.ask(three, 1, LIVELY, LIMIT);
            FollowedAnswers.ask(three, lab.number(60, 10), LIVELY, LIMIT);
            var later = FollowedAnswers.ask(three, lab.number(60, 10), LIVELY, LIMIT).later();
            for (int percent : PERCENTS) {
                add(report, name + ", later than on its own server, p" + percent, later.percentile(percent));
            }
            var stops = new Samples();
            for (int i = 0; i < lab.number(50, 10); i++) {
                stops.add(stop(three));
            }
            add(report, name + ", stopped on another server, p50", stops.median());
            add(report, name + ", stopped on another server, p99", stops.percentile(99));
            int many = lab.number(600, 60);
            double whole = FollowedAnswers.ask(three, many, SLOW, LIMIT).whole();
            report.add(new Figure("following", name + ", " + many + " answers whole and in order on both others", "streams", whole,
                    (SERVERS - 1.0) * many, whole / ((SERVERS - 1) * many), "followed"));
            if (whole < (SERVERS - 1) * many) {
                report.failed("following", name + ": not all answers came whole");
            }
        }
    }

    private static void add(Report report, String name, double ms) {
        report.add(new Figure("following", name, "ms", ms, null, null, null));
    }

    /** @return how long it took another server to stop an answer, in nanoseconds */
    private static long stop(Deployment three) throws IOException {
        var asking = new FollowingClient(ENDLESS.tokens());
        long[] took = {0};
        try (var loop = new EventLoop()) {
            loop.open(three.ports().get(0), asking, three.targets().get(0).request().apply(ENDLESS.model()));
            loop.run(LIMIT, () -> {
                if (took[0] == 0 && asking.count() > 0) {
                    long start = System.nanoTime();
                    stop(three.servers().get(1), asking.answerId());
                    took[0] = System.nanoTime() - start;
                }
            });
        }
        if (asking.count() == ENDLESS.tokens()) {
            throw new IOException("the answer was not stopped");
        }
        return took[0];
    }

    private static void stop(ServerProcess server, long answer) {
        try {
            server.post("/api/chat/" + answer + "/stop", "{}");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
