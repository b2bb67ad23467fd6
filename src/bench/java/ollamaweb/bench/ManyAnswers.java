package ollamaweb.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Thousands of answers at once: every one has to come whole and in order, and to be found again afterwards. */
final class ManyAnswers implements Scenario {

    private static final Pace PACE = new Pace(100, 10);
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final int PAGE_SIZE = 100;
    private static final String EXPECTED = IntStream.range(0, PACE.tokens()).mapToObj(i -> " t" + i).collect(Collectors.joining());

    @Override
    public void run(Lab lab, Report report) throws IOException {
        int streams = lab.number(2_000, 500);
        report.scenario(streams + " answers at once, " + PACE.tokens() + " tokens at " + PACE.perSecond() + "/s");
        try (var server = lab.server()) {
            var answers = Streams.run(server.target(), streams, PACE, LIMIT);
            count(report, "streamed whole and in order", answers.whole(), streams);
            count(report, "found again, word for word", stored(server), streams);
            var first = new Samples();
            answers.clients().forEach(client -> first.add(client.nanosToFirstToken()));
            double ideal = (PACE.tokens() - 1.0) / PACE.perSecond();
            report.add(new Figure("scale", "all done after", "s", answers.seconds(), ideal, answers.seconds() / ideal, "the pace itself"));
            report.add(new Figure("scale", "first token, p99", "ms", first.percentile(99), null, null, "all asked at the same moment"));
            report.add(new Figure("scale", "gap between tokens, p99", "ms", answers.gaps().percentile(99), null, null, null));
            answers.orThrow();
        }
    }

    private static void count(Report report, String name, int value, int wanted) {
        report.add(new Figure("scale", name, "answers", (double) value, (double) wanted, (double) value / wanted, "asked"));
        if (value != wanted) {
            report.failed("scale", name + ": " + value + " of " + wanted);
        }
    }

    private static int stored(ServerProcess server) throws IOException {
        int whole = 0;
        long pages = server.get("/api/conversations?page_size=" + PAGE_SIZE).path("total_pages").asLong();
        for (int page = 1; page <= pages; page++) {
            for (var conversation : server.get("/api/conversations?page_size=" + PAGE_SIZE + "&page=" + page).path("conversations")) {
                if (isWhole(server.get("/api/conversations/" + conversation.path("id").asLong()).path("messages"))) {
                    whole++;
                }
            }
        }
        return whole;
    }

    private static boolean isWhole(JsonNode messages) {
        return messages.size() == 2 && messages.path(1).path("status").asText().equals("complete")
                && messages.path(1).path("content").asText().equals(EXPECTED);
    }
}
