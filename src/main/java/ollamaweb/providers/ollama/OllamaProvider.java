package ollamaweb.providers.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import okhttp3.HttpUrl;
import okhttp3.Request;
import ollamaweb.providers.ChatCall;
import ollamaweb.providers.ChatListener;
import ollamaweb.providers.ChatRequest;
import ollamaweb.providers.JsonBody;
import ollamaweb.providers.ModelManager;
import ollamaweb.providers.ModelProvider;
import ollamaweb.providers.ModelPull;
import ollamaweb.providers.ProviderException;
import ollamaweb.providers.PullProgress;
import ollamaweb.providers.StreamedChat;
import ollamaweb.providers.UpstreamHttp;

/** Talks to an Ollama over its HTTP API. */
public final class OllamaProvider implements ModelProvider, ModelManager {

    private static final Duration RUNNING_TIMEOUT = Duration.ofSeconds(1);

    private final UpstreamHttp http;
    private final HttpUrl url;
    private final String key;

    /**
     * @param url where the Ollama listens
     * @param key what a server before it asks for, or null
     */
    public OllamaProvider(UpstreamHttp http, HttpUrl url, String key) {
        this.http = http;
        this.url = url;
        this.key = key;
    }

    @Override
    public ChatCall chat(ChatRequest request, ChatListener listener) {
        var body = OllamaChatBody.streaming(request);
        var post = request("api/chat").post(JsonBody.of(request, body)).build();
        return new StreamedChat(http, post, request.model(), OllamaKind.OLLAMA, listener, new OllamaChatFormat(listener));
    }

    @Override
    public List<JsonNode> models() {
        var models = new ArrayList<JsonNode>();
        http.json(get("api/tags"), OllamaKind.OLLAMA).path("models").forEach(models::add);
        return models;
    }

    @Override
    public JsonNode show(String model) {
        return ask("api/show", model, Map.of("model", model));
    }

    @Override
    public List<JsonNode> running() {
        var models = new ArrayList<JsonNode>();
        http.json(get("api/ps"), OllamaKind.OLLAMA, RUNNING_TIMEOUT).path("models").forEach(models::add);
        return models;
    }

    @Override
    public List<float[]> embed(String model, List<String> texts) {
        var vectors = new ArrayList<float[]>();
        for (var numbers : ask("api/embed", model, new Texts(model, texts)).path("embeddings")) {
            var vector = new float[numbers.size()];
            for (int i = 0; i < vector.length; i++) {
                vector[i] = numbers.get(i).floatValue();
            }
            vectors.add(vector);
        }
        if (vectors.size() != texts.size()) {
            throw ProviderException.broken("Ollama sent " + vectors.size() + " embeddings for " + texts.size() + " texts", null);
        }
        return vectors;
    }

    private record Texts(String model, List<String> input) {}

    @Override
    public boolean answers(Duration timeout) {
        try {
            return http.json(get("api/version"), OllamaKind.OLLAMA, timeout).hasNonNull("version");
        } catch (ProviderException e) {
            return false;
        }
    }

    @Override
    public ModelPull pull(String model, Consumer<PullProgress> told) {
        return new OllamaPull(http, post("api/pull", Map.of("model", model)), model, told);
    }

    @Override
    public void delete(String model) {
        command(request("api/delete").delete(JsonBody.of(Map.of("model", model))).build(), model);
    }

    @Override
    public void unload(String model) {
        command(post("api/generate", Map.of("model", model, "keep_alive", 0)), model);
    }

    private void command(Request request, String model) {
        try {
            http.command(request, OllamaKind.OLLAMA);
        } catch (ProviderException e) {
            throw named(e, model);
        }
    }

    /** Ollama's own text would name the model as it is stored, not as it was asked for. */
    private JsonNode ask(String path, String model, Object body) {
        try {
            return http.json(post(path, body), OllamaKind.OLLAMA);
        } catch (ProviderException e) {
            throw named(e, model);
        }
    }

    private static ProviderException named(ProviderException e, String model) {
        return e.reason() == ProviderException.Reason.MODEL_NOT_FOUND ? ProviderException.modelNotFound(model) : e;
    }

    private Request get(String path) {
        return request(path).build();
    }

    private Request post(String path, Object body) {
        return request(path).post(JsonBody.of(body)).build();
    }

    private Request.Builder request(String path) {
        var request = new Request.Builder().url(url.newBuilder().addPathSegments(path).build());
        return key == null ? request : request.header("Authorization", "Bearer " + key);
    }
}
