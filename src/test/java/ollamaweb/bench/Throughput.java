package ollamaweb.bench;

import java.io.IOException;
import java.time.Duration;

/** Tokens a second through the server and straight from the upstream, as fast as they go; by turns, medians. */
final class Throughput implements Scenario {

    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final int[] STREAMS = {1, 50, 500};
    /** The scripted Ollama keeps an answer's lines in memory. */
    private static final int MOST_TOKENS_EACH = 300_000;

    @Override
    public void run(Lab lab, Report report) throws IOException {
        report.scenario("Tokens a second, unthrottled");
        try (var server = lab.server()) {
            int each = lab.number(8_000, 2_000);
            WarmUp.run(lab.number(10, 4), () -> {
                double before = server.figures().cpuMicros();
                double seconds = relay(server, 50, each).seconds();
                return ProcessFigures.exist() ? server.figures().cpuMicros() - before : seconds;
            });
            for (int streams : STREAMS) {
                compare(lab, report, server, streams);
            }
        }
    }

    private static void compare(Lab lab, Report report, ServerProcess server, int streams) throws IOException {
        int each = Math.min(MOST_TOKENS_EACH, lab.number(1_500_000, 100_000) / streams);
        int tokens = streams * each;
        int rounds = lab.number(5, 3);
        var bare = new double[rounds];
        var relayed = new double[rounds];
        var ratios = new double[rounds];
        var cpu = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            bare[i] = Streams.run(lab.upstream(), streams, Pace.unthrottled(each), LIMIT).orThrow().tokensPerSecond();
            double before = server.figures().cpuMicros();
            relayed[i] = relay(server, streams, each).tokensPerSecond();
            cpu[i] = (server.figures().cpuMicros() - before) / tokens;
            ratios[i] = relayed[i] / bare[i];
        }
        var name = streams == 1 ? "1 stream" : streams + " streams";
        report.add(new Figure("tokens", name, "tokens/s", Samples.median(relayed), Samples.median(bare), Samples.median(ratios),
                "bare upstream"));
        if (ProcessFigures.exist()) {
            report.add(new Figure("tokens", name + ", processor time of the server", "µs/token", Samples.median(cpu), null, null, null));
        }
    }

    private static Streams relay(ServerProcess server, int streams, int each) throws IOException {
        return Streams.run(server.target(), streams, Pace.unthrottled(each), LIMIT).orThrow();
    }
}
