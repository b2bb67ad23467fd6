package ollamaweb.bench;

import java.io.IOException;

/** From the start of the process to the first answer, on a new folder and on one that was used before. */
final class StartTime implements Scenario {

    @Override
    public void run(Lab lab, Report report) throws IOException {
        report.scenario("Start");
        int rounds = lab.number(7, 3);
        var health = new double[rounds];
        var setUp = new double[rounds];
        var healthAgain = new double[rounds];
        var answerAgain = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            var home = lab.newFolder();
            try (var server = lab.server(home)) {
                health[i] = server.msToHealth();
                setUp[i] = server.msToFirstAnswer();
            }
            try (var server = lab.server(home)) {
                healthAgain[i] = server.msToHealth();
                answerAgain[i] = server.msToFirstAnswer();
            }
        }
        add(report, "new folder, to GET /health", health);
        add(report, "new folder, to the first key", setUp);
        add(report, "existing database, to GET /health", healthAgain);
        add(report, "existing database, to GET /api/config/get", answerAgain);
    }

    private static void add(Report report, String name, double[] ms) {
        report.add(new Figure("start", name, "ms", Samples.median(ms), null, null, "median of " + ms.length));
    }
}
