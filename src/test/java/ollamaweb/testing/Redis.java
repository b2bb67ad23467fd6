package ollamaweb.testing;

import java.io.IOException;
import java.net.ServerSocket;
import redis.embedded.RedisServer;

/** A Redis on a free port, which can be killed, and come back there with nothing in it. */
public final class Redis implements AutoCloseable {

    private final int port;
    private final String password;
    private RedisServer server;

    /** One for the whole run, in which each database has keys of its own. */
    private static final class Shared {

        static final Redis SERVER = start();

        private static Redis start() {
            try {
                var redis = Redis.start();
                Runtime.getRuntime().addShutdownHook(new Thread(redis::killQuietly));
                return redis;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private Redis(int port, String password) {
        this.port = port;
        this.password = password;
    }

    /** @return the URL of the one that all tests share which do not need one of their own */
    public static String sharedUrl() {
        return Shared.SERVER.url();
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

    private void killQuietly() {
        try {
            kill();
        } catch (IOException e) {
            System.err.println("Redis goes on: " + e);
        }
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
