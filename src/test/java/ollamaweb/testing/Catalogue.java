package ollamaweb.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The installed models and what they do, found by name as Ollama finds them: ":latest" when no tag, any case.
 * {@code bench-<count>-<perSecond>} is never listed and always there.
 */
final class Catalogue {
    private static final Pattern BENCH = Pattern.compile("bench-(\\d+)-(\\d+(?:\\.\\d+)?):latest");
    private static final String LAYER = "dde5aa3fc5ff";
    private static final Script FRIENDLY =
            Script.say("Hello", "!", " How", " can", " I", " help", " you", " today", "?");
    private static final Script PULLED = Script.raw("{\"status\":\"pulling manifest\"}\n").then(
            Script.pulling(LAYER, 0, 1000), Script.pulling(LAYER, 1000, 1000), Script.raw("{\"status\":\"verifying sha256 digest\"}\n"));
    private static final String MODIFIED_AT = "2026-08-20T18:02:44.619283441+02:00";
    private static final String DETAILS = """
        {"parent_model":"","format":"gguf","family":"llama","families":["llama"],\
        "parameter_size":"1.2B","quantization_level":"Q8_0"}""";

    private final Map<String, Model> models = new LinkedHashMap<>();
    private final Map<String, List<String>> abilities = new ConcurrentHashMap<>();
    private final Map<String, Script> pulls = new ConcurrentHashMap<>();
    private final Map<String, Integer> loaded = new ConcurrentHashMap<>();
    private final Set<String> unlisted = new HashSet<>();
    private final Set<String> onlyListed = new HashSet<>();
    private final Map<String, Script> benchScripts = new ConcurrentHashMap<>();

    Catalogue() {
        install("llama3.2:1b", request -> FRIENDLY);
        install("echo", Catalogue::echo);
        install("hf.co/acme/tiny:Q4_0", request -> FRIENDLY);
    }

    synchronized void install(String name, Function<JsonNode, Script> behaviour) {
        var model = new Model(normalise(name), behaviour);
        models.put(key(name), model);
    }

    /** Exactly these from now on; those already known keep what they do. */
    synchronized void keepOnly(String... names) {
        var before = Map.copyOf(models);
        models.clear();
        for (var name : names) {
            var known = before.get(key(name));
            install(name, known == null ? request -> FRIENDLY : known.behaviour());
        }
    }

    synchronized void remove(String name) {
        models.remove(key(name));
    }

    /** The list leaves the model out, which is there all the same. */
    synchronized void unlist(String name) {
        unlisted.add(key(name));
    }

    /** The model stays in the list, and is found nowhere else. */
    synchronized void lose(String name) {
        onlyListed.add(key(name));
    }

    synchronized Optional<Function<JsonNode, Script>> find(String name) {
        var model = onlyListed.contains(key(name)) ? null : models.get(key(name));
        return model != null ? Optional.of(model.behaviour()) : bench(key(name));
    }

    synchronized String tags() {
        return models.entrySet().stream().filter(model -> !unlisted.contains(model.getKey())).map(model -> model.getValue().tag())
                .collect(Collectors.joining(",", "{\"models\":[", "]}"));
    }

    synchronized String openAiModels() {
        return models.values().stream().map(model -> openAiModel(model.name()))
                .collect(Collectors.joining(",", "{\"object\":\"list\",\"data\":[", "]}\n"));
    }

    static String openAiModel(String name) {
        return "{\"id\":" + OllamaJson.quote(name) + ",\"object\":\"model\",\"created\":1795268012,\"owned_by\":\"library\"}";
    }

    /** What {@code /api/show} says a model can do; {@code /api/tags} does not know. */
    void abilities(String name, List<String> named) {
        abilities.put(key(name), named);
    }

    /** From now on a model is loaded, with so many tokens of context. */
    void load(String name, int contextLength) {
        loaded.put(key(name), contextLength);
    }

    void unload(String name) {
        loaded.remove(key(name));
    }

    /** What is told while a model is pulled, before it is there. */
    void pulls(String name, Script script) {
        pulls.put(key(name), script);
    }

    /** @return what a pull says; a model whose pull ends well is there before that is told */
    Script pull(String name) {
        return pulls.getOrDefault(key(name), PULLED).then(
                Script.run(() -> {
                    if (find(name).isEmpty()) {
                        install(name, request -> FRIENDLY);
                    }
                }), Script.raw("{\"status\":\"success\"}\n"), Script.hangUp());
    }

    String ps() {
        return loaded.entrySet().stream()
                .map(model -> "{\"name\":%1$s,\"model\":%1$s,\"digest\":\"%2$s\",\"size\":1,\"size_vram\":1,\"context_length\":%3$d}"
                        .formatted(OllamaJson.quote(model.getKey()), new Model(model.getKey(), null).digest(), model.getValue()))
                .collect(Collectors.joining(",", "{\"models\":[", "]}"));
    }

    String show(String name) {
        var named =
                abilities.getOrDefault(key(name), List.of("completion")).stream().map(OllamaJson::quote).collect(Collectors.joining(","));
        return """
            {"modelfile":"# Modelfile generated by \\"ollama show\\"\\n","parameters":"temperature                    0.6",\
            "template":"{{ .Prompt }}","details":%s,"model_info":{"general.architecture":"llama",\
            "general.parameter_count":1235814432,"llama.context_length":131072,"tokenizer.ggml.tokens":null},\
            "capabilities":[%s],"modified_at":"%s"}""".formatted(DETAILS, named, MODIFIED_AT);
    }

    static String normalise(String name) {
        boolean tagged = name.lastIndexOf(':') > name.lastIndexOf('/');
        return tagged ? name : name + ":latest";
    }

    private static String key(String name) {
        return normalise(name).toLowerCase(Locale.ROOT);
    }

    private Optional<Function<JsonNode, Script>> bench(String key) {
        var match = BENCH.matcher(key);
        if (!match.matches()) {
            return Optional.empty();
        }
        var script = benchScripts.computeIfAbsent(key,
                unknown -> Script.tokens(Integer.parseInt(match.group(1)), Double.parseDouble(match.group(2))));
        return Optional.of(request -> script);
    }

    private static Script echo(JsonNode request) {
        var words = "";
        for (var message : request.path("messages")) {
            words = message.path("role").asText().equals("user") ? message.path("content").asText() : words;
        }
        return Script.say(words.split("(?= )"));
    }

    private record Model(String name, Function<JsonNode, Script> behaviour) {

        String tag() {
            return "{\"name\":%1$s,\"model\":%1$s,\"modified_at\":\"%2$s\",\"size\":1321098329,\"digest\":\"%3$s\",\"details\":%4$s}"
                    .formatted(OllamaJson.quote(name), MODIFIED_AT, digest(), DETAILS);
        }

        private String digest() {
            try {
                return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(name.getBytes(UTF_8)));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
