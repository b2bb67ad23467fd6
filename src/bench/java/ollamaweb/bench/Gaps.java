package ollamaweb.bench;

import java.io.IOException;
import java.time.Duration;

/** The time between two tokens of an answer, at a steady pace. */
final class Gaps implements Scenario {

    private static final int STREAMS = 50;
    private static final int PER_SECOND = 50;

    @Override
    public void run(Lab lab, Report report) throws IOException {
        report.scenario("Gap between tokens, " + STREAMS + " streams at " + PER_SECOND + " tokens/s");
        int seconds = lab.number(10, 4);
        int rounds = lab.number(3, 1);
        var bare = new Samples();
        var relayed = new Samples();
        try (var server = lab.server()) {
            run(server.target(), seconds);
            for (int i = 0; i < rounds; i++) {
                bare.addAll(run(lab.upstream(), seconds));
                relayed.addAll(run(server.target(), seconds));
            }
        }
        for (int percent : new int[] {50, 99}) {
            double value = relayed.percentile(percent);
            double other = bare.percentile(percent);
            report.add(new Figure("gaps", "p" + percent, "ms", value, other, value / other, "bare upstream"));
        }
    }

    private static Samples run(Target target, int seconds) throws IOException {
        var pace = new Pace(seconds * PER_SECOND, PER_SECOND);
        return Streams.run(target, STREAMS, pace, Duration.ofSeconds(seconds + 30)).orThrow().gaps();
    }
}
