package ollamaweb.providers.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.Request;
import ollamaweb.providers.ApiUrl;
import ollamaweb.providers.ChatCall;
import ollamaweb.providers.ChatListener;
import ollamaweb.providers.ChatRequest;
import ollamaweb.providers.JsonBody;
import ollamaweb.providers.KeyedKind;
import ollamaweb.providers.ListedModel;
import ollamaweb.providers.ModelProvider;
import ollamaweb.providers.ProviderException;
import ollamaweb.providers.StreamedChat;
import ollamaweb.providers.UpstreamHttp;

/** Talks to a server with OpenAI's HTTP API: llama.cpp, vLLM, LM Studio, OpenAI itself. */
public final class OpenAiProvider implements ModelProvider {

    private static final String OPENAI = "api.openai.com";

    private final UpstreamHttp http;
    private final HttpUrl url;
    private final String key;
    private final KeyedKind kind;

    /**
     * @param title what people call the server
     * @param url   where its API begins, with or without {@code v1}
     * @param key   its API key, or null
     */
    public OpenAiProvider(UpstreamHttp http, String title, HttpUrl url, String key) {
        this.http = http;
        this.url = url;
        this.key = key;
        this.kind = new KeyedKind(title, "OpenAI");
    }

    @Override
    public ChatCall chat(ChatRequest request, ChatListener listener) {
        // models that reason refuse the older name there, which is the only one that many others know
        var body = OpenAiChatBody.streaming(request, url.host().equals(OPENAI) ? "max_completion_tokens" : "max_tokens");
        var post = request("chat/completions").post(JsonBody.of(request, body)).build();
        return new StreamedChat(http, post, request.model(), kind, listener, new OpenAiChatFormat(listener, kind));
    }

    @Override
    public List<JsonNode> models() {
        return ListedModel.all(http.json(request("models").build(), kind), kind, entry -> instant(entry.path("created")));
    }

    private static Instant instant(JsonNode seconds) {
        return seconds.canConvertToLong() && seconds.longValue() > 0
                ? Instant.ofEpochSecond(Math.min(seconds.longValue(), Instant.MAX.getEpochSecond()))
                : null;
    }

    /** Servers of this kind tell no more of a model than that it is there. */
    @Override
    public JsonNode show(String model) {
        return ListedModel.find(models(), model);
    }

    @Override
    public List<JsonNode> running() {
        return List.of();
    }

    private record Texts(String model, List<String> input) {}

    @Override
    public List<float[]> embed(String model, List<String> texts) {
        JsonNode answer;
        try {
            answer = http.json(request("embeddings").post(JsonBody.of(new Texts(model, texts))).build(), kind);
        } catch (ProviderException e) {
            throw e.reason() == ProviderException.Reason.MODEL_NOT_FOUND ? ProviderException.modelNotFound(model) : e;
        }
        var vectors = new float[texts.size()][];
        int count = 0;
        for (var embedding : answer.path("data")) {
            int index = embedding.path("index").asInt(count);
            if (index < 0 || index >= vectors.length || vectors[index] != null) {
                throw wrongCount(answer, texts);
            }
            vectors[index] = vector(embedding.path("embedding"));
            count++;
        }
        if (count != texts.size()) {
            throw wrongCount(answer, texts);
        }
        return Arrays.asList(vectors);
    }

    private static float[] vector(JsonNode numbers) {
        var vector = new float[numbers.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = numbers.get(i).floatValue();
        }
        return vector;
    }

    private ProviderException wrongCount(JsonNode answer, List<String> texts) {
        return ProviderException.broken(kind.title() + " sent " + answer.path("data").size() + " embeddings for " + texts.size() + " texts",
                null);
    }

    @Override
    public boolean answers(Duration timeout) {
        try {
            return http.json(request("models").build(), kind, timeout).path("data").isArray();
        } catch (ProviderException e) {
            return false;
        }
    }

    private Request.Builder request(String path) {
        var request = new Request.Builder().url(ApiUrl.of(url, path));
        return key == null ? request : request.header("Authorization", "Bearer " + key);
    }
}
