package ollamaweb.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How long the small writes of one account take while another brings very much in and deletes it again, beside those of the same
 * server when nobody else does anything; on SQLite, where all writes stand in one line, and on PostgreSQL.
 */
final class OthersWrites implements Scenario {

    private static final String BUSY = ServerProcess.KEY + "-busy";
    private static final int MESSAGES = 40;
    private static final int AT_ONCE = 100;
    private static final String TEXT = "The dough rests until it has doubled. ".repeat(40);
    private static final Duration SLICE = Duration.ofMillis(500);
    private static final Duration AFTER_DELETION = Duration.ofSeconds(10);
    private static final int AIM_MS = 100;

    @Override
    public void run(Lab lab, Report report) throws IOException {
        report.scenario("Small writes of one account, while another imports and deletes " + lab.number(1000, 50) * MESSAGES + " messages");
        measure("SQLite", Map.of(), lab, report);
        try (var services = Services.start()) {
            measure("PostgreSQL", services.newDatabase(), lab, report);
        }
    }

    private static void measure(String database, Map<String, String> settings, Lab lab, Report report) throws IOException {
        var variables = new HashMap<>(settings);
        variables.put("MAX_IMPORT_BYTES", Integer.toString(Integer.MAX_VALUE));
        try (var server = lab.server(lab.newFolder(), variables)) {
            server.setUp(BUSY);
            long id = server.post("/api/conversations", "{\"title\":\"Bread\",\"model_name\":\"tiny\"}").path("id").asLong();
            var write = Target.post("/api/conversations/batch", ServerProcess.KEY, "{\"ids\":[" + id + "],\"action\":\"pin\"}");
            var unused = RequestClient.during(Duration.ofSeconds(lab.number(5, 1)), 1, server.port(), write);
            var alone = RequestClient.during(Duration.ofSeconds(lab.number(10, 1)), 1, server.port(), write);
            add(report, database + ", an import", whileImporting(server, write, lab.number(1000, 50)), alone);
            add(report, database + ", a deletion", whileDeleting(server, write), alone);
        }
    }

    private static Samples whileImporting(ServerProcess server, byte[] write, int conversations) throws IOException {
        var path = "/api/import/" + server.upload("/api/import", "sessions.json", sessions(conversations), BUSY).path("id").asLong();
        var samples = new Samples();
        do {
            samples.addAll(RequestClient.during(SLICE, 1, server.port(), write));
        } while (server.get(path, BUSY).path("finished_at").isNull());
        int imported = server.get(path, BUSY).path("imported").asInt();
        if (imported != conversations) {
            throw new IOException(imported + " of " + conversations + " conversations were imported");
        }
        return samples;
    }

    /** What is deleted is gone at once; its bytes go in the background. */
    private static Samples whileDeleting(ServerProcess server, byte[] write) throws IOException {
        var samples = new Samples();
        for (var ids = ids(server); !ids.isEmpty(); ids = ids(server)) {
            var body = "{\"ids\":[" + String.join(",", ids) + "],\"action\":\"delete\"}";
            var deletion = CompletableFuture.runAsync(() -> delete(server, body));
            do {
                samples.addAll(RequestClient.during(SLICE, 1, server.port(), write));
            } while (!deletion.isDone());
            deletion.join();
        }
        samples.addAll(RequestClient.during(AFTER_DELETION, 1, server.port(), write));
        return samples;
    }

    private static void delete(ServerProcess server, String body) {
        try {
            server.post("/api/conversations/batch", body, BUSY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> ids(ServerProcess server) throws IOException {
        var ids = new ArrayList<String>();
        server.get("/api/conversations?page_size=" + AT_ONCE, BUSY).path("conversations")
                .forEach(each -> ids.add(each.path("id").asText()));
        return ids;
    }

    /** As Hollama has them. */
    private static byte[] sessions(int conversations) {
        return IntStream.range(0, conversations)
                .mapToObj(i -> "{\"id\":\"" + i + "\",\"title\":\"Session " + i + "\",\"model\":\"tiny\","
                        + "\"updatedAt\":\"2026-05-04T10:00:00.000Z\",\"messages\":[" + messages(i) + "]}")
                .collect(Collectors.joining(",", "[", "]")).getBytes(UTF_8);
    }

    private static String messages(int conversation) {
        return IntStream.range(0, MESSAGES)
                .mapToObj(i -> "{\"role\":\"" + (i % 2 == 0 ? "user" : "assistant") + "\",\"content\":\"" + TEXT + conversation + "-" + i
                        + "\"}")
                .collect(Collectors.joining(","));
    }

    private static void add(Report report, String name, Samples beside, Samples alone) {
        for (double percent : new double[] {50, 99, 100}) {
            double value = beside.percentile(percent);
            double other = alone.percentile(percent);
            var note = percent == 100 ? "nothing else; aim: " + AIM_MS : "nothing else";
            report.add(new Figure("writes", name + (percent == 100 ? ", longest" : ", p" + (int) percent), "ms", value, other,
                    value / other, note));
        }
    }
}
