package ollamaweb.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;

/** Answers of 10,000 tokens: the bytes on the wire, and what a token costs at the beginning and at the end. */
final class LongAnswers implements Scenario {

    private static final int STREAMS = 20;
    private static final int CHUNK_HEAD_BYTES = 4;
    private static final int CHUNK_END_BYTES = 2;

    @Override
    public void run(Lab lab, Report report) throws IOException {
        var pace = new Pace(lab.number(10_000, 5_000), lab.number(500, 1_000));
        report.scenario("Answers of " + pace.tokens() + " tokens, " + STREAMS + " at a time at " + pace.perSecond() + " tokens/s");
        try (var server = lab.server()) {
            run(server, Pace.unthrottled(pace.tokens()), new CpuWindows(server, pace.tokens()));
            int rounds = lab.number(3, 2);
            var early = new double[rounds];
            var late = new double[rounds];
            var ratios = new double[rounds];
            for (int i = 0; i < rounds; i++) {
                var windows = new CpuWindows(server, pace.tokens());
                var answers = run(server, pace, windows);
                if (i == 0) {
                    reportBytes(report, answers.clients().get(0), pace.tokens());
                }
                early[i] = windows.early();
                late[i] = windows.late();
                ratios[i] = late[i] / early[i];
            }
            if (ProcessFigures.exist()) {
                report.add(new Figure("wire", "processor time, last 1,000 tokens", "µs/token", Samples.median(late),
                        Samples.median(early), Samples.median(ratios), "first 1,000 tokens"));
            }
        }
    }

    private static Streams run(ServerProcess server, Pace pace, CpuWindows windows) throws IOException {
        return Streams.run(server.target(), STREAMS, pace, Duration.ofSeconds(90), windows::look).orThrow();
    }

    private static void reportBytes(Report report, StreamClient answer, int tokens) {
        double body = answer.bodyBytes();
        double wire = answer.wireBytes();
        double plain = 0;
        for (int i = 0; i < tokens; i++) {
            plain += ("data: {\"content\":\" t" + i + "\"}\n\n").getBytes(UTF_8).length;
        }
        double plainWire = plain + (double) tokens * (CHUNK_HEAD_BYTES + CHUNK_END_BYTES);
        report.add(new Figure("wire", "bytes of events", "bytes", body, plain, body / plain, "plain SSE relay"));
        report.add(new Figure("wire", "bytes on the wire", "bytes", wire, plainWire, wire / plainWire,
                "plain SSE relay, a chunk for each token"));
    }

    /** Reads the server's clock of processor time when its answers have got to certain places. */
    private static final class CpuWindows {

        private static final int WINDOW = 1_000;

        private final ServerProcess server;
        private final long[] places;
        private final double[] micros;
        private int next;

        CpuWindows(ServerProcess server, int tokens) {
            this.server = server;
            this.places = new long[] {0, WINDOW, tokens - WINDOW, tokens};
            this.micros = new double[places.length];
            Arrays.setAll(places, i -> places[i] * STREAMS);
        }

        void look(LongSupplier tokens) {
            if (next < places.length && tokens.getAsLong() >= places[next]) {
                try {
                    micros[next++] = server.figures().cpuMicros();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
        }

        double early() {
            return (micros[1] - micros[0]) / WINDOW / STREAMS;
        }

        double late() {
            return (micros[3] - micros[2]) / WINDOW / STREAMS;
        }
    }
}
