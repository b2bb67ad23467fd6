package ollamaweb.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;

/** One thread that reads any number of connections, so that the clients cost little beside the server. */
final class EventLoop implements AutoCloseable {

    /** One connection's reader. */
    interface Client {

        /** @return the next request, or null to go on reading, or {@link #LEAVE} */
        byte[] received(byte[] bytes, int length, long nanoTime) throws IOException;

        /** It ended otherwise than it should. */
        void broken(IOException why);
    }

    /** What a client answers when it has got all it wants. */
    static final byte[] LEAVE = {};

    private static final long LONGEST_SELECT_MS = 50;

    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocate(128 * 1024);
    private int open;

    EventLoop() throws IOException {
        selector = Selector.open();
    }

    /** Connects and sends the first request. */
    void open(int port, Client client, byte[] request) throws IOException {
        var channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, client);
        open++;
        send(channel, request);
    }

    /** Reads until all clients have left. */
    void run(Duration limit) throws IOException {
        run(limit, () -> {});
    }

    /** Reads until all clients have left, and calls {@code often} in between. */
    void run(Duration limit, Runnable often) throws IOException {
        long end = System.nanoTime() + limit.toNanos();
        while (open > 0) {
            selector.select(this::read, LONGEST_SELECT_MS);
            often.run();
            if (System.nanoTime() > end) {
                breakOff("the answer has not ended within " + limit.toSeconds() + " s");
            }
        }
    }

    @Override
    public void close() throws IOException {
        breakOff("the client is closing");
        selector.close();
    }

    private void breakOff(String why) throws IOException {
        for (var key : List.copyOf(selector.keys())) {
            if (key.isValid()) {
                leave(key);
                ((Client) key.attachment()).broken(new IOException(why));
            }
        }
    }

    private void read(SelectionKey key) {
        var client = (Client) key.attachment();
        try {
            var channel = (SocketChannel) key.channel();
            buffer.clear();
            int length = channel.read(buffer);
            if (length < 0) {
                throw new EOFException("the connection was closed in the middle of an answer");
            }
            var next = client.received(buffer.array(), length, System.nanoTime());
            if (next == LEAVE) {
                leave(key);
            } else if (next != null) {
                send(channel, next);
            }
        } catch (IOException e) {
            leave(key);
            client.broken(e);
        }
    }

    private void leave(SelectionKey key) {
        open--;
        try {
            key.channel().close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void send(SocketChannel channel, byte[] request) throws IOException {
        var left = ByteBuffer.wrap(request);
        while (left.hasRemaining()) {
            channel.write(left);
        }
    }
}
