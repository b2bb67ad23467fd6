package ollamaweb.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Plays Ollama on a real socket: its routes and wire format, with models that do what a {@link Script} says.
 * It records what it was asked and which clients left early.
 */
public final class ScriptedOllama implements AutoCloseable {
    private static final int BACKLOG = 4096;
    private static final Duration CLOSING_TIME = Duration.ofSeconds(5);
    private static final long AFTER_FAILED_ACCEPT_NANOS = Duration.ofMillis(10).toNanos();

    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Catalogue catalogue = new Catalogue();
    private final Records records = new Records();
    private final OllamaRoutes routes = new OllamaRoutes(catalogue, records);
    private final int port;
    private volatile ServerSocket listener;

    private ScriptedOllama(int wantedPort) {
        listener = listen(wantedPort);
        port = listener.getLocalPort();
    }

    /** Starts on a free port. */
    public static ScriptedOllama start() {
        return start(0);
    }

    public static ScriptedOllama start(int port) {
        return new ScriptedOllama(port);
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Installs a model that always does the same. */
    public ScriptedOllama model(String name, Script script) {
        return model(name, request -> script);
    }

    /** Installs a model that decides by the request body. */
    public ScriptedOllama model(String name, Function<JsonNode, Script> behaviour) {
        catalogue.install(name, behaviour);
        return this;
    }

    /** Exactly these models are installed from now on; those not known before greet. */
    public void installed(String... names) {
        catalogue.keepOnly(names);
    }

    public void remove(String name) {
        catalogue.remove(name);
    }

    /** Every route answers with this error, until {@link #refuseNothing()}. */
    public void refuseEverything(int status, String error) {
        routes.refuseWith(new OllamaRoutes.Refusal(status, error));
    }

    public void refuseNothing() {
        routes.refuseWith(null);
    }

    /** Every route takes the request and says nothing more until the client leaves, until {@link #refuseNothing()}. */
    public void saysNothing() {
        routes.refuseWith(OllamaRoutes.Refusal.SILENCE);
    }

    /** How many requests came to a path, whatever the answer was. */
    public int calls(String path) {
        return records.calls(path);
    }

    public void awaitCalls(String path, int count) {
        Patience.await(() -> calls(path) >= count, () -> calls(path) + " of " + count + " requests came to " + path);
    }

    /** The bodies of the chat requests in the order they arrived. */
    public List<JsonNode> chats() {
        return records.chats().stream().map(ReceivedChat::body).toList();
    }

    public ReceivedChat lastChat() {
        var chats = records.chats();
        return chats.get(chats.size() - 1);
    }

    /** Chat answers being given right now. */
    public int openStreams() {
        return records.openStreams();
    }

    public void awaitOpenStreams(int count) {
        Patience.await(() -> openStreams() == count, () -> openStreams() + " streams are open, not " + count);
    }

    /** Chat answers whose client left before their end. */
    public int clientsGone() {
        return records.clientsGone();
    }

    public void awaitClientsGone(int count) {
        Patience.await(() -> clientsGone() >= count, () -> clientsGone() + " of " + count + " clients left");
    }

    /** Comes back on the same port after {@link #close()}; a running server is closed first. */
    public void restart() {
        close();
        listener = listen(port);
    }

    /** Drops all clients and waits until their threads have ended; models and records stay. */
    @Override
    public void close() {
        closeQuietly(listener);
        sockets.forEach(ScriptedOllama::closeQuietly);
        if (!Patience.holdsWithin(CLOSING_TIME, sockets::isEmpty)) {
            throw new IllegalStateException(sockets.size() + " connections did not end");
        }
    }

    private ServerSocket listen(int wantedPort) {
        try {
            var server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), wantedPort), BACKLOG);
            var acceptor = new Thread(() -> acceptClients(server), "scripted-ollama-accept");
            acceptor.setDaemon(true);
            acceptor.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("port " + wantedPort, e);
        }
    }

    private void acceptClients(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                welcome(server.accept(), server);
            } catch (IOException closedOrOutOfFiles) {
                LockSupport.parkNanos(AFTER_FAILED_ACCEPT_NANOS);
            }
        }
    }

    /** A client accepted just while the server closes would otherwise be overlooked by {@link #close()}. */
    private void welcome(Socket socket, ServerSocket server) {
        sockets.add(socket);
        if (server.isClosed()) {
            closeQuietly(socket);
        }
        LightThreads.start(() -> serve(socket));
    }

    private void serve(Socket socket) {
        try (var connection = new Connection(socket)) {
            for (var request = connection.next(); request != null; request = connection.next()) {
                routes.answer(request, connection);
            }
        } catch (IOException nobodyLeftToAnswer) {
            closeQuietly(socket);
        } finally {
            sockets.remove(socket);
        }
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
