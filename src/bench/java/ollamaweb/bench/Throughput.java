package ollamaweb.bench;

import java.io.IOException;
import java.time.Duration;

/** Tokens a second through the server and straight from the upstream, as fast as they go; by turns, medians. */
final class Throughput implements Scenario {

    private static final Duration LIMIT = Duration.ofMinutes(2);
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
                double seconds = Streams.run(server.target(), 50, Pace.unthrottled(each), LIMIT).orThrow().seconds();
                return ProcessFigures.exist() ? server.figures().cpuMicros() - before : seconds;
            });
            for (int streams : STREAMS) {
                compare(lab, report, server, streams);
            }
        }
    }

    private static void compare(Lab lab, Report report, ServerProcess server, int streams) throws IOException {
        int each = Math.min(MOST_TOKENS_EACH, lab.number(1_500_000, 100_000) / streams);
        double seconds = lab.number(3, 1);
        int rounds = lab.number(5, 3);
        var bare = new double[rounds];
        var relayed = new double[rounds];
        var ratios = new double[rounds];
        var cpu = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            bare[i] = run(lab.upstream(), streams, each, seconds).tokensPerSecond();
            double before = server.figures().cpuMicros();
            var relay = run(server.target(), streams, each, seconds);
            relayed[i] = relay.tokensPerSecond();
            cpu[i] = (server.figures().cpuMicros() - before) / relay.tokens();
            ratios[i] = relayed[i] / bare[i];
        }
        var name = streams == 1 ? "1 stream" : streams + " streams";
        report.add(new Figure("tokens", name, "tokens/s", Samples.median(relayed), Samples.median(bare), Samples.median(ratios),
                "bare upstream"));
        if (ProcessFigures.exist()) {
            report.add(new Figure("tokens", name + ", processor time of the server", "µs/token", Samples.median(cpu), null, null, null));
        }
    }

    /** Streams answers of so many tokens, over and over, for about so many seconds. */
    private static Amount run(Target target, int streams, int each, double seconds) throws IOException {
        var sum = new Amount(0, 0);
        while (sum.seconds < seconds) {
            var answers = Streams.run(target, streams, Pace.unthrottled(each), LIMIT).orThrow();
            sum = new Amount(sum.tokens + answers.tokens(), sum.seconds + answers.seconds());
        }
        return sum;
    }

    private record Amount(long tokens, double seconds) {

        double tokensPerSecond() {
            return tokens / seconds;
        }
    }
}
