package ollamaweb.bench;

import java.io.IOException;
import java.time.Duration;

/** Asks the same again and again on one connection, and notes when the first byte of each body came, and when its end. */
final class DoorClient implements EventLoop.Client {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final HttpResponse response = new HttpResponse();
    private final byte[] request;
    private final Samples first;
    private final Samples end;
    private int left;
    private boolean begun;
    private long askedAt = System.nanoTime();
    private IOException failure;

    private DoorClient(byte[] request, int count, Samples first, Samples end) {
        this.request = request;
        this.left = count;
        this.first = first;
        this.end = end;
    }

    /** @param count how many times it is asked */
    static void run(int port, byte[] request, int count, Samples first, Samples end) throws IOException {
        var client = new DoorClient(request, count, first, end);
        try (var loop = new EventLoop()) {
            loop.open(port, client, request);
            loop.run(LIMIT);
        }
        if (client.failure != null) {
            throw client.failure;
        }
        if (client.left > 0) {
            throw new IOException(client.left + " of " + count + " answers did not come");
        }
    }

    @Override
    public byte[] received(byte[] bytes, int length, long nanoTime) throws IOException {
        response.read(bytes, length, (body, from, to) -> {
            if (!begun) {
                begun = true;
                first.add(nanoTime - askedAt);
            }
        });
        if (!response.isComplete()) {
            return null;
        }
        if (response.status() != 200) {
            throw new UnexpectedStatus(response.status());
        }
        end.add(nanoTime - askedAt);
        left--;
        if (left == 0) {
            return EventLoop.LEAVE;
        }
        response.restart();
        begun = false;
        askedAt = System.nanoTime();
        return request;
    }

    @Override
    public void broken(IOException why) {
        failure = why;
    }
}
