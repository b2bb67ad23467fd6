package ollamaweb.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect.CloseSocket;
import okhttp3.Headers;
import okio.BufferedSink;

/** Answers each request as Ollama would, and notes it in the {@link ReceivedCalls}. */
final class OllamaDispatcher extends Dispatcher {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration FOREVER = Duration.ofDays(365);
    private static final MockResponse CLOSED = new MockResponse.Builder().onResponseStart(new CloseSocket()).build();

    private final Map<String, Route> routes = Map.of(
            "/", new Route("GET, HEAD", (request, client) -> text(200, "Ollama is running")),
            "/api/version", new Route("GET, HEAD", (request, client) -> OllamaJson.response(200, "{\"version\":\"0.33.0\"}")),
            "/api/tags", new Route("GET, HEAD", (request, client) -> OllamaJson.response(200, catalogue().tags())),
            "/api/ps", new Route("GET, HEAD", (request, client) -> OllamaJson.response(200, catalogue().ps())),
            "/api/show", new Route("POST", (request, client) -> show(request)),
            "/api/chat", new Route("POST", this::chat),
            "/api/generate", new Route("POST", (request, client) -> generate(request)),
            "/api/pull", new Route("POST", this::pull),
            "/api/delete", new Route("DELETE", (request, client) -> delete(request)));

    private final Catalogue catalogue;
    private final ReceivedCalls calls;
    private volatile Refusal refusal;
    private volatile boolean closing;
    private MockWebServer server;
    private ListenerFactory listener;

    OllamaDispatcher(Catalogue catalogue, ReceivedCalls calls) {
        this.catalogue = catalogue;
        this.calls = calls;
    }

    /** What every route answers; null means its own answer. */
    void refuseWith(Refusal everywhere) {
        refusal = everywhere;
    }

    /** Answers the requests of this server, which is not started yet, until {@link #close}. */
    void serve(MockWebServer server) {
        this.server = server;
        listener = new ListenerFactory();
        closing = false;
        server.setDispatcher(this);
        server.setServerSocketFactory(listener);
    }

    /** From now on connections end by the server's will, so that no client can be said to have left. */
    @Override
    public void close() {
        closing = true;
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
        server.takeRequest(0, TimeUnit.NANOSECONDS); // it would keep all requests for somebody who asks for them
        var path = request.getTarget().split("\\?", 2)[0];
        calls.called(path);
        var route = routes.get(path);
        var client = listener.client(request.getConnectionIndex());
        var refused = refusal;
        if (Refusal.SILENCE.equals(refused)) {
            return silence(client);
        } else if (refused != null) {
            return refuse(refused.status(), refused.error());
        } else if (route == null) {
            return text(404, "404 page not found");
        } else if (!route.allows(request.getMethod())) {
            return text(405, "405 method not allowed").newBuilder().setHeader("Allow", route.methods()).build();
        }
        var response = route.handler().answer(request, client);
        return request.getMethod().equals("HEAD") ? withoutBody(response) : response;
    }

    private Catalogue catalogue() {
        return catalogue;
    }

    private static MockResponse silence(ClientSocket client) {
        try {
            client.idle(FOREVER);
        } catch (IOException clientLeft) {
            return CLOSED;
        }
        return CLOSED;
    }

    private MockResponse show(RecordedRequest request) {
        return withBody(request, body -> {
            var name = body.path("model").asText(body.path("name").asText());
            return withModel(name, Catalogue.normalise(name), behaviour -> OllamaJson.response(200, catalogue.show(name)));
        });
    }

    private MockResponse chat(RecordedRequest request, ClientSocket client) {
        return withBody(request, body -> {
            calls.received(new ReceivedChat(headers(request.getHeaders()), body));
            var model = body.path("model").asText();
            return withModel(model, model, behaviour -> body.path("messages").isEmpty()
                    ? OllamaJson.response(200, loadedOrUnloaded(model, body))
                    : perform(behaviour.apply(body), model, body.path("stream").asBoolean(true), client));
        });
    }

    /** Only what takes a model out of memory, or loads it. */
    private MockResponse generate(RecordedRequest request) {
        return withBody(request, body -> {
            var model = body.path("model").asText();
            return withModel(model, model, behaviour -> OllamaJson.response(200, loadedOrUnloaded(model, body)));
        });
    }

    private MockResponse pull(RecordedRequest request, ClientSocket client) {
        return withBody(request, body -> {
            var model = body.path("model").asText();
            calls.streamOpened();
            return stream(catalogue.pull(model), model, client);
        });
    }

    private MockResponse delete(RecordedRequest request) {
        return withBody(request, body -> {
            var model = body.path("model").asText();
            return withModel(model, model, behaviour -> {
                catalogue.remove(model);
                return text(200, "");
            });
        });
    }

    /** The headers go with the first object: what a script waits for before, this waits for. */
    private MockResponse perform(Script script, String model, boolean streams, ClientSocket client) {
        calls.streamOpened();
        try {
            script.waitFirst(client);
            if (streams && script.refusal().isEmpty()) {
                return stream(script, model, client);
            }
            var whole = script.refusal();
            if (whole.isEmpty()) {
                var response = new WholeChatResponse(client, model);
                script.play(response);
                whole = response.collected();
            }
            calls.streamClosed(false);
            return whole.orElseThrow();
        } catch (IOException clientLeft) {
            calls.streamClosed(!closing);
            return CLOSED;
        }
    }

    private MockResponse stream(Script script, String model, ClientSocket client) {
        return new MockResponse.Builder().clearHeaders()
                .setHeader("Content-Type", "application/x-ndjson").setHeader("Transfer-Encoding", "chunked")
                .socketHandler(socket -> {
                    boolean clientLeft = false;
                    try {
                        script.play(new StreamedChatResponse((BufferedSink) socket.getSink(), client, model));
                    } catch (IOException e) {
                        clientLeft = !closing;
                        client.closeQuietly();
                    } finally {
                        calls.streamClosed(clientLeft);
                    }
                }).build();
    }

    private String loadedOrUnloaded(String model, JsonNode body) {
        var keepAlive = body.path("keep_alive");
        boolean unload = keepAlive.isNumber() && keepAlive.asLong() == 0;
        if (unload) {
            catalogue.unload(model);
        }
        var tail = "\"done\":true,\"done_reason\":" + (unload ? "\"unload\"" : "\"load\"");
        return OllamaJson.chat(model, "", "", tail);
    }

    /** Answers by the request's JSON object, or tells the client what is wrong with it. */
    private static MockResponse withBody(RecordedRequest request, Function<JsonNode, MockResponse> answer) {
        var bytes = request.getBody();
        if (bytes == null || bytes.size() == 0) {
            return refuse(400, "missing request body");
        }
        try {
            return answer.apply(JSON.readTree(bytes.utf8()));
        } catch (JsonProcessingException e) {
            return refuse(400, "invalid character: " + e.getOriginalMessage());
        }
    }

    /** Answers by what the model does, or tells the client that there is no such model. */
    private MockResponse withModel(String name, String shownAs, Function<Function<JsonNode, Script>, MockResponse> answer) {
        if (name.isEmpty()) {
            return refuse(400, "model is required");
        }
        return catalogue.find(name).map(answer).orElseGet(() -> refuse(404, "model '" + shownAs + "' not found"));
    }

    private static MockResponse refuse(int status, String error) {
        return OllamaJson.response(status, OllamaJson.error(error));
    }

    private static MockResponse text(int status, String text) {
        return new MockResponse.Builder().code(status).setHeader("Content-Type", "text/plain; charset=utf-8").body(text).build();
    }

    private static MockResponse withoutBody(MockResponse response) {
        return new MockResponse.Builder().code(response.getCode()).headers(response.getHeaders()).build();
    }

    private static Map<String, String> headers(Headers headers) {
        var map = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach(header -> map.put(header.getFirst(), header.getSecond()));
        return map;
    }

    record Refusal(int status, String error) {
        static final Refusal SILENCE = new Refusal(0, "");
    }

    private record Route(String methods, Handler handler) {

        boolean allows(String method) {
            return List.of(methods.split(", ")).contains(method);
        }
    }

    @FunctionalInterface
    private interface Handler {
        MockResponse answer(RecordedRequest request, ClientSocket client);
    }
}
