package ollamaweb.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import ollamaweb.json.Json;

/**
 * The API's description, {@code openapi.yaml}, as tests hold the server to it. A field that it does not name must not be
 * in an answer either.
 */
public final class ApiDocument {

    private static final String LOCATION = "https://ollama-web/openapi";
    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");
    /** What any path may answer to a request that is wrong as HTTP. */
    private static final Set<Integer> REFUSED_BY_HTTP = Set.of(400, 404, 405, 421, 429);

    /** What any GET may answer to who has the latest version. */
    private static final int NOT_MODIFIED = 304;
    /** What any operation may answer besides: a broken request, or another origin's page that wants to change something. */
    private static final Set<Integer> REFUSED_ANYWHERE = Set.of(400, 403);

    private static final JsonNode DOCUMENT = closed(read());
    private static final List<Operation> OPERATIONS = readOperations();
    private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDialect(Dialects.getOpenApi31(),
            registry -> registry.schemas(Map.of(LOCATION, DOCUMENT.toString())));

    /**
     * One method of one path.
     *
     * @param parameters those of the path and its own, each as the document refers to or describes it
     */
    public record Operation(String method, String path, JsonNode json, List<JsonNode> parameters) {

        /** @return the document's name for what the path's parameter is the id of, as in {@code ConversationId} */
        public Optional<String> idParameter() {
            return parameters.stream()
                    .map(parameter -> parameter.path("$ref").asText())
                    .filter(ref -> ref.endsWith("Id"))
                    .map(ref -> ref.substring(ref.lastIndexOf('/') + 1))
                    .findFirst();
        }

        /** @return the path for this id */
        public String pathFor(long id) {
            return path.replaceAll("\\{[a-z_]+}", Long.toString(id));
        }

        /** @return the example of a body, or null where there is none */
        public String exampleBody() {
            var example = json.at("/requestBody/content/application~1json/example");
            return example.isMissingNode() ? null : example.toString();
        }

        @Override
        public String toString() {
            return method + " " + path;
        }

        private boolean matches(String actualPath) {
            var literals = path.replaceAll("\\{name}", "(.+)").replaceAll("\\{[a-z_]+}", "([^/]+)");
            return Pattern.matches(literals, actualPath);
        }

        private long places() {
            return path.chars().filter(c -> c == '{').count();
        }
    }

    private ApiDocument() {}

    public static List<Operation> operations() {
        return OPERATIONS;
    }

    /** @return all request bodies that the document gives as examples, by the address of their schema */
    public static List<String> wrongExamples() {
        var wrong = new ArrayList<String>();
        for (var operation : OPERATIONS) {
            if (operation.exampleBody() != null) {
                wrongBody(operation, operation.exampleBody()).ifPresent(why -> wrong.add(operation + ": " + why));
            }
        }
        return wrong;
    }

    /** @return whether the document allows this JSON as the body of such a request */
    public static boolean allowsBody(String method, String path, String json) {
        return wrongBody(find(method, path).orElseThrow(), json).isEmpty();
    }

    /** @return what stands at a place of the document */
    public static JsonNode at(String place) {
        return DOCUMENT.at(place);
    }

    /** @return the places of the document at which there is such a keyword */
    public static List<String> placesOf(String keyword) {
        var places = new ArrayList<String>();
        collect(DOCUMENT, "", keyword, places);
        return places;
    }

    /** Fails when the answer is none that the document promises. */
    public static void check(String method, String path, Answer answer) {
        var operation = find(method.equals("HEAD") ? "GET" : method, path);
        if (operation.isEmpty()) {
            if (!REFUSED_BY_HTTP.contains(answer.status()) && !method.equals("OPTIONS")) {
                throw new AssertionError(method + " " + path + " answers " + answer.status() + ", but is not in openapi.yaml");
            }
            return;
        }
        if (answer.status() == NOT_MODIFIED && method.equals("GET") && answer.body().isEmpty()) {
            return;
        }
        var response = operation.get().json.path("responses").path(Integer.toString(answer.status()));
        var told = method + " " + path + " answers " + answer.status() + " " + answer.body() + "\n";
        if (response.isMissingNode()) {
            if (!REFUSED_ANYWHERE.contains(answer.status())) {
                throw new AssertionError(told + "openapi.yaml does not know this status for " + operation.get());
            }
            return;
        }
        if (!method.equals("HEAD")) {
            checkBody(told, place(operation.get(), answer.status()), answer);
        }
    }

    private static Optional<String> wrongBody(Operation operation, String json) {
        return wrongAt("/paths/" + escaped(operation.path) + "/" + operation.method.toLowerCase(Locale.ROOT)
                + "/requestBody/content/application~1json/schema", json);
    }

    private static void collect(JsonNode node, String place, String keyword, List<String> places) {
        if (node.has(keyword)) {
            places.add(place);
        }
        node.properties().forEach(entry -> collect(entry.getValue(), place + "/" + escaped(entry.getKey()), keyword, places));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            collect(node.get(i), place + "/" + i, keyword, places);
        }
    }

    private static void checkBody(String told, String place, Answer answer) {
        var content = DOCUMENT.at(place).path("content");
        if (content.isMissingNode()) {
            if (!answer.body().isEmpty()) {
                throw new AssertionError(told + "openapi.yaml promises no body");
            }
            return;
        }
        var type = String.valueOf(answer.headers().get("Content-Type")).split(";")[0];
        if (!content.has(type)) {
            throw new AssertionError(told + "openapi.yaml does not promise " + type);
        }
        if (type.equals("application/json")) {
            wrongAt(place + "/content/application~1json/schema", answer.body()).ifPresent(why -> {
                throw new AssertionError(told + "openapi.yaml promises something else: " + why);
            });
        }
    }

    /** @return what is wrong with the JSON, if it does not fit the schema at this place of the document */
    private static Optional<String> wrongAt(String place, String json) {
        var schema = SCHEMAS.computeIfAbsent(place, key -> REGISTRY.getSchema(SchemaLocation.of(LOCATION + "#" + key)));
        var errors = schema.validate(json, InputFormat.JSON);
        return errors.isEmpty()
                ? Optional.empty()
                : Optional.of(errors.stream().map(Object::toString).collect(Collectors.joining("; ")));
    }

    private static Optional<Operation> find(String method, String path) {
        var plain = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return OPERATIONS.stream()
                .filter(operation -> operation.method.equals(method) && operation.matches(plain))
                .min(Comparator.comparingLong(Operation::places));
    }

    /** @return where the document describes the response */
    private static String place(Operation operation, int status) {
        var place = "/paths/" + escaped(operation.path) + "/" + operation.method.toLowerCase(Locale.ROOT) + "/responses/" + status;
        var ref = DOCUMENT.at(place).path("$ref");
        return ref.isMissingNode() ? place : ref.asText().substring(1);
    }

    private static String escaped(String path) {
        return path.replace("~", "~0").replace("/", "~1");
    }

    private static List<Operation> readOperations() {
        var operations = new ArrayList<Operation>();
        DOCUMENT.path("paths").properties().forEach(path -> path.getValue().properties().forEach(entry -> {
            if (METHODS.contains(entry.getKey())) {
                var parameters = new ArrayList<JsonNode>();
                path.getValue().path("parameters").forEach(parameters::add);
                entry.getValue().path("parameters").forEach(parameters::add);
                operations.add(new Operation(entry.getKey().toUpperCase(Locale.ROOT), path.getKey(), entry.getValue(), parameters));
            }
        }));
        return List.copyOf(operations);
    }

    /** Objects may have no properties but those that are named, unless they say so themselves. */
    private static JsonNode closed(JsonNode node) {
        if (node instanceof ObjectNode object && object.path("properties").isObject() && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(ApiDocument::closed);
        return node;
    }

    private static JsonNode read() {
        try (var in = ApiDocument.class.getResourceAsStream("/openapi.json")) {
            return Json.MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
