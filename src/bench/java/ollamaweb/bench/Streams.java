package ollamaweb.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Answers that were streamed at the same time, with as many tokens each.
 *
 * @param seconds from the first question to the last end
 */
record Streams(List<StreamClient> clients, int tokensEach, double seconds, Samples gaps) {

    private static final double NANOS_PER_SECOND = 1e9;

    static Streams run(Target target, int count, Pace pace, Duration limit) throws IOException {
        return run(List.of(target), count, pace, limit, soFar -> {});
    }

    static Streams run(Target target, int count, Pace pace, Duration limit, Consumer<LongSupplier> progress) throws IOException {
        return run(List.of(target), count, pace, limit, progress);
    }

    /**
     * Asks all the questions at once and reads all the answers.
     *
     * @param targets  which get the questions by turns
     * @param progress called often while they run; can ask how many tokens have come in all
     */
    static Streams run(List<Target> targets, int count, Pace pace, Duration limit, Consumer<LongSupplier> progress)
            throws IOException {
        var clients = new ArrayList<StreamClient>(count);
        var gaps = new Samples();
        long start = System.nanoTime();
        try (var loop = new EventLoop()) {
            for (int i = 0; i < count; i++) {
                var target = targets.get(i % targets.size());
                var client = new StreamClient(target.reader().get(), pace.isSteady() ? gaps : null);
                clients.add(client);
                loop.open(target.port(), client, target.request().apply(pace.model()));
            }
            loop.run(limit, () -> progress.accept(() -> tokens(clients)));
        }
        return new Streams(clients, pace.tokens(), (System.nanoTime() - start) / NANOS_PER_SECOND, gaps);
    }

    long tokens() {
        return tokens(clients);
    }

    /** @return how many answers came whole and in order */
    int whole() {
        return (int) clients.stream().filter(client -> client.fault(tokensEach) == null).count();
    }

    /** @throws IOException if a token was lost, doubled or wrong */
    Streams orThrow() throws IOException {
        var fault = clients.stream().map(client -> client.fault(tokensEach)).filter(Objects::nonNull).findFirst();
        if (fault.isPresent()) {
            throw new IOException(clients.size() - whole() + " of " + clients.size() + " answers are not whole: " + fault.get());
        }
        return this;
    }

    private static long tokens(List<StreamClient> clients) {
        long sum = 0;
        for (var client : clients) {
            sum += client.count();
        }
        return sum;
    }
}
