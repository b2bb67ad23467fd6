package ollamaweb.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Locale;

/** How much later an answer comes to a program that speaks Ollama's or OpenAI's API through the server than straight from the upstream. */
final class Doors implements Scenario {

    private static final Pace PACE = Pace.unthrottled(20);
    private static final int BATCH = 20;

    /** One question, asked at both places by turns. */
    private static final class Door {
        private final String name;
        private final byte[] bare;
        private final byte[] relayed;
        private final Samples bareFirst = new Samples();
        private final Samples bareEnd = new Samples();
        private final Samples first = new Samples();
        private final Samples end = new Samples();

        Door(String path, boolean stream) {
            name = path + (stream ? " as a stream" : " whole");
            var json = "{\"model\":\"" + PACE.model() + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Count, please\"}],\"stream\":"
                    + stream + "}";
            bare = Target.post(path, null, json);
            relayed = Target.post(path, ServerProcess.KEY, json);
        }

        void run(Lab lab, ServerProcess server) throws IOException {
            DoorClient.run(lab.upstream().port(), bare, BATCH, bareFirst, bareEnd);
            DoorClient.run(server.port(), relayed, BATCH, first, end);
        }

        double warmUp(ServerProcess server) throws IOException {
            var times = new Samples();
            DoorClient.run(server.port(), relayed, 10 * BATCH, new Samples(), times);
            return times.median();
        }

        void report(Report report) {
            report(report, "first byte", first, bareFirst);
            report(report, "end", end, bareEnd);
        }

        private void report(Report report, String what, Samples through, Samples straight) {
            double value = through.median();
            double other = straight.median();
            report.add(new Figure("doors", name + ", " + what + ", median", "ms", value, other, value / other,
                    String.format(Locale.ROOT, "bare upstream; %.2f ms later", value - other)));
        }

        double later() {
            return Math.max(first.median() - bareFirst.median(), end.median() - bareEnd.median());
        }
    }

    @Override
    public void run(Lab lab, Report report) throws IOException {
        report.scenario("Programs of Ollama's and OpenAI's APIs, one answer at a time");
        var doors = new ArrayList<Door>();
        for (var path : new String[] {"/api/chat", "/v1/chat/completions"}) {
            doors.add(new Door(path, true));
            doors.add(new Door(path, false));
        }
        try (var server = lab.server()) {
            for (var door : doors) {
                WarmUp.run(lab.number(15, 5), () -> door.warmUp(server));
            }
            for (int i = 0; i < lab.number(40, 8); i++) {
                for (var door : doors) {
                    door.run(lab, server);
                }
            }
        }
        doors.forEach(door -> door.report(report));
        report.add(new Figure("doors", "later than bare, at most", "ms", doors.stream().mapToDouble(Door::later).max().orElseThrow(), null,
                null, "medians"));
    }
}
