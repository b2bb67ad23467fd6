package ollamaweb.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;

/** What there is to ask an Ollama for, and how it answers. */
final class OllamaRoutes {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String V1_MODELS = "/v1/models";

    private final Map<String, Route> routes = Map.ofEntries(
            Map.entry("/", new Route("GET, HEAD", (request, client) -> text(200, "Ollama is running"))),
            Map.entry("/api/version", new Route("GET, HEAD", (request, client) -> OllamaJson.response(200, "{\"version\":\"0.33.0\"}"))),
            Map.entry("/api/tags", new Route("GET, HEAD", (request, client) -> OllamaJson.response(200, catalogue().tags()))),
            Map.entry("/api/ps", new Route("GET, HEAD", (request, client) -> OllamaJson.response(200, catalogue().ps()))),
            Map.entry("/api/show", new Route("POST", (request, client) -> show(request))),
            Map.entry("/api/chat", new Route("POST", this::chat)),
            Map.entry("/api/generate", new Route("POST", this::generate)),
            Map.entry("/api/embed", new Route("POST", (request, client) -> embed(request, OllamaRoutes::refuse))),
            Map.entry("/api/pull", new Route("POST", this::pull)),
            Map.entry("/api/delete", new Route("DELETE", (request, client) -> delete(request))),
            Map.entry("/v1/chat/completions", new Route("POST", this::openAiChat)),
            Map.entry("/v1/embeddings", new Route("POST", (request, client) -> openAiEmbeddings(request))),
            Map.entry(V1_MODELS, new Route("GET", (request, client) -> OllamaJson.response(200, catalogue().openAiModels()))));

    private final Catalogue catalogue;
    private final ReceivedCalls calls;
    private final ScriptPlayer player;

    OllamaRoutes(Catalogue catalogue, ReceivedCalls calls, ScriptPlayer player) {
        this.catalogue = catalogue;
        this.calls = calls;
        this.player = player;
    }

    MockResponse answer(String path, RecordedRequest request, ClientSocket client) {
        var route = path.startsWith(V1_MODELS + "/")
                ? new Route("GET", (asked, who) -> openAiModel(path.substring(V1_MODELS.length() + 1)))
                : routes.get(path);
        if (route == null) {
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

    private MockResponse show(RecordedRequest request) {
        return withBody(request, OllamaRoutes::refuse, body -> {
            var name = body.path("model").asText(body.path("name").asText());
            return withModel(name, Catalogue.normalise(name), OllamaRoutes::refuse,
                    behaviour -> OllamaJson.response(200, catalogue.show(name)));
        });
    }

    private MockResponse chat(RecordedRequest request, ClientSocket client) {
        return withBody(request, OllamaRoutes::refuse, body -> {
            note(request, body);
            return withModel(model(body), model(body), OllamaRoutes::refuse, behaviour -> body.path("messages").isEmpty()
                    ? OllamaJson.response(200, OllamaJson.chat(model(body), "", "", "", loadedOrUnloaded(body)))
                    : player.perform(behaviour.apply(body), model(body), OllamaShape.CHAT, body.path("stream").asBoolean(true), client));
        });
    }

    private MockResponse generate(RecordedRequest request, ClientSocket client) {
        return withBody(request, OllamaRoutes::refuse, body -> {
            note(request, body);
            return withModel(model(body), model(body), OllamaRoutes::refuse, behaviour -> body.path("prompt").asText().isEmpty()
                    ? OllamaJson.response(200, OllamaJson.head(model(body)) + ",\"response\":\"\"," + loadedOrUnloaded(body) + "}")
                    : player.perform(behaviour.apply(body), model(body), OllamaShape.GENERATE, body.path("stream").asBoolean(true),
                            client));
        });
    }

    private MockResponse openAiChat(RecordedRequest request, ClientSocket client) {
        return withBody(request, OllamaRoutes::refuseAsOpenAi, body -> {
            note(request, body);
            var shape = new OpenAiShape(body.path("stream_options").path("include_usage").asBoolean());
            return withModel(model(body), model(body), OllamaRoutes::refuseAsOpenAi,
                    behaviour -> player.perform(behaviour.apply(body), model(body), shape, body.path("stream").asBoolean(), client));
        });
    }

    /** The same numbers for the same text. */
    private MockResponse embed(RecordedRequest request, BiFunction<Integer, String, MockResponse> refusal) {
        return withBody(request, refusal, body -> withModel(model(body), model(body), refusal, behaviour -> OllamaJson.response(200,
                "{\"model\":" + OllamaJson.quote(model(body)) + ",\"embeddings\":[" + String.join(",", vectors(body))
                        + "],\"total_duration\":58210344,\"load_duration\":20117002,\"prompt_eval_count\":4}")));
    }

    private MockResponse openAiEmbeddings(RecordedRequest request) {
        return withBody(request, OllamaRoutes::refuseAsOpenAi,
                body -> withModel(model(body), model(body), OllamaRoutes::refuseAsOpenAi, behaviour -> {
                    boolean base64 = body.path("encoding_format").asText().equals("base64");
                    var data = vectors(body).stream()
                            .map(vector -> "{\"object\":\"embedding\",\"embedding\":" + (base64 ? base64(vector) : vector)
                                    + ",\"index\":0}")
                            .collect(Collectors.joining(","));
                    return OllamaJson.response(200, "{\"object\":\"list\",\"data\":[" + data + "],\"model\":"
                            + OllamaJson.quote(model(body)) + ",\"usage\":{\"prompt_tokens\":3,\"total_tokens\":3}}");
                }));
    }

    private static List<String> vectors(JsonNode body) {
        var input = body.path("input");
        var texts = input.isArray() ? input.valueStream().map(JsonNode::asText).toList() : List.of(input.asText());
        return texts.stream().map(text -> "[0.5,-0.25," + text.length() / 8.0 + "]").toList();
    }

    /** @return the numbers as little-endian floats */
    private static String base64(String vector) {
        var numbers = vector.substring(1, vector.length() - 1).split(",");
        var bytes = ByteBuffer.allocate(Float.BYTES * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        for (var number : numbers) {
            bytes.putFloat(Float.parseFloat(number));
        }
        return OllamaJson.quote(Base64.getEncoder().encodeToString(bytes.array()));
    }

    private MockResponse openAiModel(String name) {
        return withModel(name, Catalogue.normalise(name), OllamaRoutes::refuseAsOpenAi,
                behaviour -> OllamaJson.response(200, Catalogue.openAiModel(name)));
    }

    private MockResponse pull(RecordedRequest request, ClientSocket client) {
        return withBody(request, OllamaRoutes::refuse,
                body -> player.perform(catalogue.pull(model(body)), model(body), OllamaShape.CHAT, true, client));
    }

    private MockResponse delete(RecordedRequest request) {
        return withBody(request, OllamaRoutes::refuse, body -> withModel(model(body), model(body), OllamaRoutes::refuse, behaviour -> {
            catalogue.remove(model(body));
            return text(200, "");
        }));
    }

    private void note(RecordedRequest request, JsonNode body) {
        calls.received(new ReceivedChat(headers(request.getHeaders()), body));
    }

    private String loadedOrUnloaded(JsonNode body) {
        var keepAlive = body.path("keep_alive");
        boolean unload = keepAlive.isNumber() && keepAlive.asLong() == 0;
        if (unload) {
            catalogue.unload(model(body));
        }
        return "\"done\":true,\"done_reason\":" + (unload ? "\"unload\"" : "\"load\"");
    }

    private static String model(JsonNode body) {
        return body.path("model").asText();
    }

    /** Answers by the request's JSON object, or tells the client what is wrong with it. */
    private static MockResponse withBody(RecordedRequest request, BiFunction<Integer, String, MockResponse> refusal,
            Function<JsonNode, MockResponse> answer) {
        var bytes = request.getBody();
        if (bytes == null || bytes.size() == 0) {
            return refusal.apply(400, "missing request body");
        }
        try {
            return answer.apply(JSON.readTree(bytes.utf8()));
        } catch (JsonProcessingException e) {
            return refusal.apply(400, "invalid character: " + e.getOriginalMessage());
        }
    }

    /** Answers by what the model does, or tells the client that there is no such model. */
    private MockResponse withModel(String name, String shownAs, BiFunction<Integer, String, MockResponse> refusal,
            Function<Function<JsonNode, Script>, MockResponse> answer) {
        if (name.isEmpty()) {
            return refusal.apply(400, "model is required");
        }
        return catalogue.find(name).map(answer).orElseGet(() -> refusal.apply(404, "model '" + shownAs + "' not found"));
    }

    static MockResponse refuse(int status, String error) {
        return OllamaJson.response(status, OllamaJson.error(error));
    }

    private static MockResponse refuseAsOpenAi(int status, String error) {
        return OllamaJson.response(status, OpenAiShape.error(status, error));
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
