package ollamaweb.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** What it costs to count requests: the same small request of a server that does, beside one that does not. */
final class RequestLimits implements Scenario {

    private static final int CONNECTIONS = 16;
    private static final Map<String, String> COUNTING = Map.of("RATE_LIMIT_ENABLED", "true", "RATE_LIMIT_PER_MINUTE", "1000000",
            "RATE_LIMIT_ANONYMOUS_PER_MINUTE", "1000000", "RATE_LIMIT_CHAT_PER_MINUTE", "1000000");

    @Override
    public void run(Lab lab, Report report) throws IOException {
        report.scenario("Limits on requests");
        if (!ProcessFigures.exist()) {
            report.skipped("limits", "processor time", "this system does not tell it");
            return;
        }
        int rounds = lab.number(7, 3);
        var duration = Duration.ofSeconds(lab.number(3, 1));
        var request = Target.get("/api/config/get", ServerProcess.KEY);
        var counted = new double[rounds];
        var uncounted = new double[rounds];
        try (var counting = lab.server(lab.newFolder(), COUNTING); var plain = lab.server()) {
            for (var server : new ServerProcess[] {counting, plain}) {
                WarmUp.run(lab.number(10, 3), () -> 1.0 / RequestClient.during(duration, CONNECTIONS, server.port(), request).count());
            }
            for (int i = 0; i < rounds; i++) {
                counted[i] = micros(counting, duration, request);
                uncounted[i] = micros(plain, duration, request);
            }
        }
        report.add(new Figure("limits", "GET /api/config/get, counted, processor time", "µs/req", Samples.median(counted),
                Samples.median(uncounted), Samples.median(counted) / Samples.median(uncounted), "not counted"));
    }

    private static double micros(ServerProcess server, Duration duration, byte[] request) throws IOException {
        double before = server.figures().cpuMicros();
        var measured = RequestClient.during(duration, CONNECTIONS, server.port(), request);
        return (server.figures().cpuMicros() - before) / measured.count();
    }
}
