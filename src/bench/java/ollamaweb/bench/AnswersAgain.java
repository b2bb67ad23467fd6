package ollamaweb.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import ollamaweb.testing.RawHttp;

/** A list as it is, packed by gzip, and asked for again by a client that has this version of it. */
final class AnswersAgain implements Scenario {

    private static final int CONNECTIONS = 4;
    private static final int CONVERSATIONS = 100;
    private static final String LIST = "/api/conversations?page_size=" + CONVERSATIONS;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** One way to ask for it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Way(String name, byte[] request, double bytes, double[] perSecond, double[] cpu) {

        static Way of(String name, int port, String headers, int rounds) {
            var once = Target.get(LIST, ServerProcess.KEY, headers + "Connection: close\r\n");
            double bytes = RawHttp.send(port, new String(once, UTF_8)).body().length();
            return new Way(name, Target.get(LIST, ServerProcess.KEY, headers), bytes, new double[rounds], new double[rounds]);
        }

        void run(int round, ServerProcess server, Duration duration) throws IOException {
            double before = server.figures().cpuMicros();
            var measured = RequestClient.during(duration, CONNECTIONS, server.port(), request);
            cpu[round] = (server.figures().cpuMicros() - before) / measured.count();
            perSecond[round] = measured.count() / (duration.toMillis() / 1000.0);
        }

        void report(Report report, Way baseline) {
            add(report, "body", "bytes", bytes, baseline.bytes);
            add(report, "answers", "req/s", Samples.median(perSecond), Samples.median(baseline.perSecond));
            if (ProcessFigures.exist()) {
                add(report, "processor time", "µs/req", Samples.median(cpu), Samples.median(baseline.cpu));
            }
        }

        private void add(Report report, String what, String unit, double value, double baseline) {
            report.add(new Figure("versions", "100 conversations, " + name + ", " + what, unit, value, baseline, value / baseline,
                    "as it is"));
        }
    }

    @Override
    public void run(Lab lab, Report report) throws IOException {
        report.scenario("A list of " + CONVERSATIONS + " conversations, packed and unchanged");
        int rounds = lab.number(5, 2);
        var duration = Duration.ofSeconds(lab.number(3, 1));
        try (var server = lab.server()) {
            Streams.run(server.target(), CONVERSATIONS, Pace.unthrottled(5), LIMIT).orThrow();
            var version = RawHttp.send(server.port(), new String(Target.get(LIST, ServerProcess.KEY, "Connection: close\r\n"), UTF_8))
                    .header("ETag").orElseThrow();
            var plain = Way.of("as it is", server.port(), "", rounds);
            var packed = Way.of("packed", server.port(), "Accept-Encoding: gzip\r\n", rounds);
            var unchanged = Way.of("unchanged", server.port(), "If-None-Match: " + version + "\r\n", rounds);
            var ways = List.of(plain, packed, unchanged);
            for (var way : ways) {
                WarmUp.run(lab.number(10, 3),
                        () -> 1.0 / RequestClient.during(duration, CONNECTIONS, server.port(), way.request()).count());
            }
            for (int i = 0; i < rounds; i++) {
                for (var way : ways) {
                    way.run(i, server, duration);
                }
            }
            ways.forEach(way -> way.report(report, plain));
        }
    }
}
