package ollamaweb.testing;

import java.io.IOException;
import java.net.ServerSocket;
import redis.embedded.RedisServer;

/** A Redis on a free port, which can be killed, and come back there with nothing in it. */
public final class Redis implements AutoCloseable {

    private final int port;
    private final String password;
    private RedisServer server;

    private Redis(int port, String password) {
        this.port = port;
        this.password = password;
    }

    public static Redis start() throws IOException {
        return start(null);
    }

    /** @param password null: none is asked for */
    public static Redis start(String password) throws IOException {
        var redis = new Redis(freePort(), password);
        redis.restart();
        return redis;
    }

    public String url() {
        return "redis://" + (password == null ? "" : ":" + password + "@") + "localhost:" + port;
    }

    public int port() {
        return port;
    }

    public void kill() throws IOException {
        server.stop();
    }

    public void restart() throws IOException {
        var builder = RedisServer.newRedisServer().port(port).setting("save \"\"").setting("appendonly no");
        if (password != null) {
            builder.setting("requirepass " + password);
        }
        server = builder.build();
        server.start();
    }

    @Override
    public void close() throws IOException {
        kill();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
