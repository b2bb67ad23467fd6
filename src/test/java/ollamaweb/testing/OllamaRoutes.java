package ollamaweb.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Answers each request as Ollama would, and notes it in the {@link Records}. */
final class OllamaRoutes {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Route> routes = Map.of(
            "/", new Route("GET, HEAD", (request, connection) -> connection.respond(200, Connection.TEXT, "Ollama is running")),
            "/api/version", new Route("GET, HEAD", this::version),
            "/api/tags", new Route("GET, HEAD", this::tags),
            "/api/show", new Route("POST", this::show),
            "/api/chat", new Route("POST", this::chat));

    private final Catalogue catalogue;
    private final Records records;
    private volatile Refusal refusal;

    OllamaRoutes(Catalogue catalogue, Records records) {
        this.catalogue = catalogue;
        this.records = records;
    }

    /** What every route answers; null means its own answer. */
    void refuseWith(Refusal everywhere) {
        refusal = everywhere;
    }

    void answer(Request request, Connection connection) throws IOException {
        records.called(request.path());
        var route = routes.get(request.path());
        var refused = refusal;
        if (refused == Refusal.SILENCE) {
            connection.idle(Duration.ofDays(365));
        } else if (refused != null) {
            refuse(connection, refused.status(), refused.error());
        } else if (route == null) {
            connection.respond(404, "text/plain", "404 page not found");
        } else if (!route.allows(request.method())) {
            connection.respond(405, "text/plain", "405 method not allowed", "Allow: " + route.methods());
        } else {
            route.handler().answer(request, connection);
        }
    }

    private void version(Request request, Connection connection) throws IOException {
        connection.respond(200, Connection.JSON, "{\"version\":\"0.33.0\"}");
    }

    private void tags(Request request, Connection connection) throws IOException {
        connection.respond(200, Connection.JSON, catalogue.tags());
    }

    private void show(Request request, Connection connection) throws IOException {
        var body = body(request, connection);
        if (body == null) {
            return;
        }
        var name = body.path("model").asText(body.path("name").asText());
        if (found(name, Catalogue.normalise(name), connection) != null) {
            connection.respond(200, Connection.JSON, Catalogue.show());
        }
    }

    private void chat(Request request, Connection connection) throws IOException {
        var body = body(request, connection);
        if (body == null) {
            return;
        }
        records.received(new ReceivedChat(request.headers(), body));
        var model = body.path("model").asText();
        var behaviour = found(model, model, connection);
        if (behaviour == null) {
            return;
        }
        if (body.path("messages").isEmpty()) {
            connection.respond(200, Connection.JSON, loadedOrUnloaded(model, body));
        } else {
            perform(behaviour.apply(body), reply(body, model, connection), connection);
        }
    }

    private void perform(Script script, Reply reply, Connection connection) throws IOException {
        records.streamOpened();
        boolean clientLeft = false;
        try {
            script.play(reply);
        } catch (IOException e) {
            clientLeft = !connection.isClosed();
            throw e;
        } finally {
            records.streamClosed(clientLeft);
        }
    }

    private static Reply reply(JsonNode body, String model, Connection connection) {
        return body.path("stream").asBoolean(true)
                ? new StreamedReply(connection, model) : new WholeReply(connection, model);
    }

    private static String loadedOrUnloaded(String model, JsonNode body) {
        var keepAlive = body.path("keep_alive");
        boolean unload = keepAlive.isNumber() && keepAlive.asLong() == 0;
        var tail = "\"done\":true,\"done_reason\":" + (unload ? "\"unload\"" : "\"load\"");
        return Lines.chat(model, "", "", tail);
    }

    /** The request's JSON object, or null after the client was told what is wrong with it. */
    private static JsonNode body(Request request, Connection connection) throws IOException {
        if (request.body().length == 0) {
            refuse(connection, 400, "missing request body");
            return null;
        }
        try {
            return JSON.readTree(request.body());
        } catch (JsonProcessingException e) {
            refuse(connection, 400, "invalid character: " + e.getOriginalMessage());
            return null;
        }
    }

    /** What the model does, or null after the client was told there is no such model. */
    private Function<JsonNode, Script> found(String name, String shownAs, Connection connection) throws IOException {
        if (name.isEmpty()) {
            refuse(connection, 400, "model is required");
            return null;
        }
        var behaviour = catalogue.find(name);
        if (behaviour.isEmpty()) {
            refuse(connection, 404, "model '" + shownAs + "' not found");
        }
        return behaviour.orElse(null);
    }

    private static void refuse(Connection connection, int status, String error) throws IOException {
        connection.respond(status, Connection.JSON, Lines.error(error));
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
        void answer(Request request, Connection connection) throws IOException;
    }
}
