package ollamaweb.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import mockwebserver3.MockWebServer;

/**
 * Plays Ollama on a real socket: its routes and wire format, with models that do what a {@link Script} says.
 * It records what it was asked and which clients left early.
 */
public final class ScriptedOllama implements AutoCloseable {
    private static final Logger SERVER_LOG = Logger.getLogger(MockWebServer.class.getName());

    static {
        SERVER_LOG.setLevel(Level.SEVERE);
    }

    private final Catalogue catalogue = new Catalogue();
    private final ReceivedCalls received = new ReceivedCalls();
    private final OllamaDispatcher dispatcher = new OllamaDispatcher(catalogue, received);
    private final int port;
    private volatile MockWebServer server;

    private ScriptedOllama(int wantedPort) {
        server = listen(wantedPort);
        port = server.getPort();
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

    /** What a model can do, as {@code /api/show} says it: {@code thinking}, {@code vision}. */
    public ScriptedOllama abilities(String model, String... abilities) {
        catalogue.abilities(model, List.of(abilities));
        return this;
    }

    /** From now on a model is loaded, with so many tokens of context. */
    public ScriptedOllama loaded(String model, int contextLength) {
        catalogue.load(model, contextLength);
        return this;
    }

    /** What is told while a model is pulled; it is installed at the end, unless the script ends itself. */
    public ScriptedOllama pulling(String name, Script script) {
        catalogue.pulls(name, script);
        return this;
    }

    /** Exactly these models are installed from now on; those not known before greet. */
    public void installed(String... names) {
        catalogue.keepOnly(names);
    }

    public void remove(String name) {
        catalogue.remove(name);
    }

    /** The list of models leaves it out, though it is there. */
    public void unlist(String name) {
        catalogue.unlist(name);
    }

    /** The list of models keeps it, though it is gone: its file was deleted. */
    public void lose(String name) {
        catalogue.lose(name);
    }

    /** Every route answers with this error, until {@link #refuseNothing()}. */
    public void refuseEverything(int status, String error) {
        dispatcher.refuseWith(new OllamaDispatcher.Refusal(status, error));
    }

    public void refuseNothing() {
        dispatcher.refuseWith(null);
    }

    /** Every route takes the request and says nothing more until the client leaves, until {@link #refuseNothing()}. */
    public void saysNothing() {
        dispatcher.refuseWith(OllamaDispatcher.Refusal.SILENCE);
    }

    /** How many requests came to a path, whatever the answer was. */
    public int calls(String path) {
        return received.calls(path);
    }

    public void awaitCalls(String path, int count) {
        Await.await(() -> calls(path) >= count, () -> calls(path) + " of " + count + " requests came to " + path);
    }

    /** The bodies of the chat requests in the order they arrived. */
    public List<JsonNode> chats() {
        return received.chats().stream().map(ReceivedChat::body).toList();
    }

    public ReceivedChat lastChat() {
        var chats = received.chats();
        return chats.get(chats.size() - 1);
    }

    /** Chat answers being given right now. */
    public int openStreams() {
        return received.openStreams();
    }

    public void awaitOpenStreams(int count) {
        Await.await(() -> openStreams() == count, () -> openStreams() + " streams are open, not " + count);
    }

    /** Chat answers whose client left before their end. */
    public int clientsGone() {
        return received.clientsGone();
    }

    public void awaitClientsGone(int count) {
        Await.await(() -> clientsGone() >= count, () -> clientsGone() + " of " + count + " clients left");
    }

    /** Comes back on the same port after {@link #close()}; a running server is closed first. */
    public void restart() {
        close();
        server = listen(port);
    }

    /** Drops all clients and waits until their threads have ended; models and records stay. */
    @Override
    public void close() {
        dispatcher.close();
        server.close();
    }

    private MockWebServer listen(int wantedPort) {
        try {
            var started = new MockWebServer();
            dispatcher.serve(started);
            started.start(InetAddress.getLoopbackAddress(), wantedPort);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException("port " + wantedPort, e);
        }
    }
}
