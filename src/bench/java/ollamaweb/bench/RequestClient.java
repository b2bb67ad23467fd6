package ollamaweb.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Sends one small request after another on one connection, the next as soon as the last is answered. */
final class RequestClient implements EventLoop.Client {

    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;

    private final HttpResponse response = new HttpResponse();
    private final Supplier<byte[]> requests;
    private final BooleanSupplier isOver;
    private final Samples samples;
    private long sentAt = System.nanoTime();
    private IOException failure;

    private RequestClient(Supplier<byte[]> requests, BooleanSupplier isOver, Samples samples) {
        this.requests = requests;
        this.isOver = isOver;
        this.samples = samples;
    }

    /** @return how long each request took, on this many connections for this long */
    static Samples during(Duration duration, int connections, int port, byte[] request) throws IOException {
        return during(duration, connections, List.of(port), request);
    }

    /** @param ports of the servers, which get the connections by turns */
    static Samples during(Duration duration, int connections, List<Integer> ports, byte[] request) throws IOException {
        long end = System.nanoTime() + duration.toNanos();
        return run(connections, ports, () -> request, () -> System.nanoTime() > end, duration.plusSeconds(30));
    }

    /** @return how long each of these requests took, one after the other on one connection; fewer if the budget is used up */
    static Samples inTurn(int port, List<byte[]> requests, Duration budget) throws IOException {
        var left = requests.iterator();
        long end = System.nanoTime() + budget.toNanos();
        return run(1, List.of(port), left::next, () -> !left.hasNext() || System.nanoTime() > end, budget.plusSeconds(30));
    }

    private static Samples run(int connections, List<Integer> ports, Supplier<byte[]> requests, BooleanSupplier isOver, Duration limit)
            throws IOException {
        var samples = new Samples();
        var clients = new ArrayList<RequestClient>();
        try (var loop = new EventLoop()) {
            for (int i = 0; i < connections; i++) {
                var client = new RequestClient(requests, isOver, samples);
                clients.add(client);
                loop.open(ports.get(i % ports.size()), client, requests.get());
            }
            loop.run(limit);
        }
        for (var client : clients) {
            if (client.failure != null) {
                throw client.failure;
            }
        }
        return samples;
    }

    @Override
    public byte[] received(byte[] bytes, int length, long nanoTime) throws IOException {
        response.read(bytes, length, (body, from, to) -> {});
        if (!response.isComplete()) {
            return null;
        }
        if (response.status() != OK && response.status() != NOT_MODIFIED) {
            throw new UnexpectedStatus(response.status());
        }
        samples.add(nanoTime - sentAt);
        if (isOver.getAsBoolean()) {
            return EventLoop.LEAVE;
        }
        response.restart();
        sentAt = System.nanoTime();
        return requests.get();
    }

    @Override
    public void broken(IOException why) {
        failure = why;
    }
}
