package ollamaweb.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * The first token of a person's answer while a thousand insights wait for the same Ollama, beside that of a server where none
 * does; asked by turns. Four answers are made at a time, as many as a server makes that nobody has told otherwise.
 */
final class BesideInsights implements Scenario {

    private static final int WAITING = 1000;
    /** As many as may wait of one account. */
    private static final int OF_ACCOUNT = 20;
    private static final Map<String, String> SETTINGS = Map.of("OLLAMA_PARALLEL", "4", "INSIGHT_WORKERS", "4");
    /** Insights that are written for longer than the measuring takes. */
    private static final Pace INSIGHT = new Pace(20_000, 20);
    private static final Pace ANSWER = new Pace(5, 200);
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Override
    public void run(Lab lab, Report report) throws IOException {
        report.scenario("First token, while " + WAITING + " insights wait");
        try (var quiet = lab.server(lab.newFolder(), SETTINGS); var busy = lab.server(lab.newFolder(), SETTINGS)) {
            for (int i = lab.number(1500, 200); i > 0; i--) {
                ask(quiet, new Samples());
                ask(busy, new Samples());
            }
            for (int account = 0; account < WAITING / OF_ACCOUNT; account++) {
                order(busy, ServerProcess.KEY + "-" + account);
            }
            var alone = new Samples();
            var beside = new Samples();
            for (int i = lab.number(300, 40); i > 0; i--) {
                ask(quiet, alone);
                ask(busy, beside);
            }
            add(report, "median", beside, alone, 50);
            add(report, "p99", beside, alone, 99);
            report.add(new Figure("background", "insights that still wait", "", pending(busy), null, null, null));
        }
    }

    private static void order(ServerProcess server, String key) throws IOException {
        server.setUp(key);
        server.post("/api/v1/tasks/", "{\"title\":\"Count\",\"due_date\":\"2026-01-01\"}", key);
        for (int i = 0; i < OF_ACCOUNT; i++) {
            server.post("/api/v1/insights/", "{\"kind\":\"daily_summary\",\"model_name\":\"" + INSIGHT.model() + "\"}", key);
        }
    }

    private static double pending(ServerProcess server) throws IOException {
        double sum = 0;
        for (int account = 0; account < WAITING / OF_ACCOUNT; account++) {
            sum += server.get("/api/v1/insights/?status=pending", ServerProcess.KEY + "-" + account).path("data").path("total").asInt();
        }
        return sum;
    }

    private static void ask(ServerProcess server, Samples samples) throws IOException {
        samples.add(Streams.run(server.target(), 1, ANSWER, LIMIT).orThrow().clients().get(0).nanosToFirstToken());
    }

    private static void add(Report report, String name, Samples beside, Samples alone, double percent) {
        double value = beside.percentile(percent);
        double other = alone.percentile(percent);
        report.add(new Figure("background", name, "ms", value, other, value / other, "no insights"));
    }
}
