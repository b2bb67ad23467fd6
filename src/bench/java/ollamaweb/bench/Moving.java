package ollamaweb.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Import and export of a conversation with 1,000 messages, beside one with a tenth of that. */
final class Moving implements Scenario {

    private static final int LARGE = 1_000;
    private static final int SMALL = 100;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int WARM_UPS = 5;

    @Override
    public void run(Lab lab, Report report) throws IOException {
        report.scenario("Import and export of " + LARGE + " messages");
        var large = new Times();
        var small = new Times();
        try (var server = lab.server()) {
            for (int i = 0; i < WARM_UPS; i++) {
                new Times().move(server, LARGE);
            }
            for (int i = 0; i < lab.number(20, 5); i++) {
                small.move(server, SMALL);
                large.move(server, LARGE);
            }
        } catch (UnexpectedStatus e) {
            if (!e.isNotFound()) {
                throw e;
            }
            report.skipped("moving", "import and export", "this server does not have them");
            return;
        }
        report(report, "import", large.imports, small.imports);
        report(report, "export as JSON", large.exports, small.exports);
    }

    private static void report(Report report, String name, Samples large, Samples small) {
        report.add(new Figure("moving", name, "ms", large.median(), small.median(), large.median() / small.median(),
                SMALL + " messages"));
    }

    private record Times(Samples imports, Samples exports) {

        Times() {
            this(new Samples(), new Samples());
        }

        void move(ServerProcess server, int messages) throws IOException {
            var document = document(messages);
            long id = server.post("/api/export/conversations/import", document).path("conversation_id").asLong();
            imports.addAll(RequestClient.inTurn(server.port(),
                    List.of(Target.post("/api/export/conversations/import", ServerProcess.KEY, document)), LIMIT));
            exports.addAll(RequestClient.inTurn(server.port(),
                    List.of(Target.get("/api/export/conversations/" + id + "/json", ServerProcess.KEY)), LIMIT));
        }

        private static String document(int messages) {
            var words = new Words(new Random(messages));
            return IntStream.range(0, messages)
                    .mapToObj(i -> "{\"role\":\"" + (i % 2 == 0 ? "user" : "assistant") + "\",\"content\":\"" + words.message() + "\"}")
                    .collect(Collectors.joining(",", "{\"title\":\"Moved\",\"model_name\":\"llama\",\"messages\":[", "]}"));
        }
    }
}
