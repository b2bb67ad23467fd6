package ollamaweb.testing;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/** Answers each request as Ollama would, unless it is to refuse everything, and notes it in the {@link ReceivedCalls}. */
final class OllamaDispatcher extends Dispatcher {
    private static final Duration FOREVER = Duration.ofDays(365);

    private final ReceivedCalls calls;
    private final ScriptPlayer player;
    private final OllamaRoutes routes;
    private volatile Refusal refusal;
    private MockWebServer server;
    private ListenerFactory listener;

    OllamaDispatcher(Catalogue catalogue, ReceivedCalls calls) {
        this.calls = calls;
        this.player = new ScriptPlayer(calls);
        this.routes = new OllamaRoutes(catalogue, calls, player);
    }

    /** What every route answers; null means its own answer. */
    void refuseWith(Refusal everywhere) {
        refusal = everywhere;
    }

    /** Answers the requests of this server, which is not started yet, until {@link #close}. */
    void serve(MockWebServer server) {
        this.server = server;
        listener = new ListenerFactory();
        player.closing(false);
        server.setDispatcher(this);
        server.setServerSocketFactory(listener);
    }

    /** From now on connections end by the server's will, so that no client can be said to have left. */
    @Override
    public void close() {
        player.closing(true);
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
        server.takeRequest(0, TimeUnit.NANOSECONDS); // it would keep all requests for somebody who asks for them
        var path = request.getTarget().split("\\?", 2)[0];
        calls.called(path);
        var client = listener.client(request.getConnectionIndex());
        var refused = refusal;
        if (Refusal.SILENCE.equals(refused)) {
            return silence(client);
        }
        return refused != null ? OllamaRoutes.refuse(refused.status(), refused.error()) : routes.answer(path, request, client);
    }

    private static MockResponse silence(ClientSocket client) {
        try {
            client.idle(FOREVER);
        } catch (IOException clientLeft) {
            return ScriptPlayer.CLOSED;
        }
        return ScriptPlayer.CLOSED;
    }

    record Refusal(int status, String error) {
        static final Refusal SILENCE = new Refusal(0, "");
    }
}
