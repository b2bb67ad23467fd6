package ollamaweb.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Several servers on one PostgreSQL database; each reaches it, and the first one's Ollama, by a way of its own. */
public final class Cluster implements AutoCloseable {

    private static final String[] SECRETS = {"SECRET_KEY", "k".repeat(32), "JWT_SECRET_KEY", "j".repeat(32)};

    private final String url;
    private final String[] settings;
    private final List<TestApp> servers = new ArrayList<>();
    private final List<TcpProxy> ways = new ArrayList<>();

    private Cluster(String url, String... settings) {
        this.url = url;
        this.settings = Stream.of(SECRETS, settings).flatMap(Arrays::stream).toArray(String[]::new);
    }

    /** @param settings names and values of more variables, for all servers */
    public static Cluster of(int size, String... settings) throws Exception {
        var cluster = new Cluster(PostgresServer.newDatabase(), settings);
        for (int i = 0; i < size; i++) {
            cluster.add();
        }
        return cluster;
    }

    /** Starts one more server. */
    public TestApp add() throws Exception {
        var way = new TcpProxy(PostgresServer.port());
        ways.add(way);
        var given = new ArrayList<>(List.of(settings));
        given.addAll(List.of("DATABASE_URL", url.replace(":" + PostgresServer.port() + "/", ":" + way.port() + "/")));
        if (!servers.isEmpty()) {
            given.addAll(List.of("OLLAMA_URL", ollama().url()));
        }
        servers.add(TestApp.started(given.toArray(String[]::new)));
        return servers.get(servers.size() - 1);
    }

    /** @return a server, from 0 */
    public TestApp server(int number) {
        return servers.get(number);
    }

    /** @return how a server reaches the database */
    public TcpProxy wayOf(int number) {
        return ways.get(number);
    }

    /** @return the one Ollama of all servers */
    public ScriptedOllama ollama() {
        return servers.get(0).ollama();
    }

    /** @return {@code DATABASE_URL} of a further server */
    public String url() {
        return url;
    }

    /** @return the variables that all servers have, names and values in turn */
    public List<String> settings() {
        return List.of(settings);
    }

    /** @return the first column of the first row, as a text, past the servers; null if there is none */
    public String row(String query) throws Exception {
        try (var connection = PostgresServer.connect(url); var rows = connection.createStatement().executeQuery(query)) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    /** The first server, which has the Ollama, goes last. */
    @Override
    public void close() throws Exception {
        for (int i = servers.size() - 1; i >= 0; i--) {
            servers.get(i).close();
        }
        for (var way : ways) {
            way.close();
        }
        PostgresServer.drop(url);
    }
}
