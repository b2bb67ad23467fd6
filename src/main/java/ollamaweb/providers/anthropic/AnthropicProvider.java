package ollamaweb.providers.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
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

/** Talks to a server with Anthropic's HTTP API. */
public final class AnthropicProvider implements ModelProvider {

    private static final String VERSION = "2023-06-01";
    /** As many as a page can have; there are far fewer. */
    private static final String MOST_MODELS = "1000";

    private final UpstreamHttp http;
    private final HttpUrl url;
    private final String key;
    private final KeyedKind kind;

    /**
     * @param title what people call the server
     * @param url   where its API begins, with or without {@code v1}
     * @param key   its API key, or null
     */
    public AnthropicProvider(UpstreamHttp http, String title, HttpUrl url, String key) {
        this.http = http;
        this.url = url;
        this.key = key;
        this.kind = new KeyedKind(title, "Anthropic");
    }

    @Override
    public ChatCall chat(ChatRequest request, ChatListener listener) {
        var post = request(ApiUrl.of(url, "messages")).post(JsonBody.of(request, AnthropicChatBody.streaming(request))).build();
        return new StreamedChat(http, post, request.model(), kind, listener, new AnthropicChatFormat(listener, kind));
    }

    @Override
    public List<JsonNode> models() {
        return ListedModel.all(http.json(list(), kind), kind, entry -> instant(entry.path("created_at").asText()));
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** No more is told of a model than that it is there. */
    @Override
    public JsonNode show(String model) {
        return ListedModel.find(models(), model);
    }

    @Override
    public List<JsonNode> running() {
        return List.of();
    }

    /** @throws ProviderException always */
    @Override
    public List<float[]> embed(String model, List<String> texts) {
        throw ProviderException.refused(kind.title() + " has no embeddings");
    }

    @Override
    public boolean answers(Duration timeout) {
        try {
            return http.json(list(), kind, timeout).path("data").isArray();
        } catch (ProviderException e) {
            return false;
        }
    }

    private Request list() {
        return request(ApiUrl.of(url, "models").newBuilder().addQueryParameter("limit", MOST_MODELS).build()).build();
    }

    private Request.Builder request(HttpUrl to) {
        var request = new Request.Builder().url(to).header("anthropic-version", VERSION);
        return key == null ? request : request.header("x-api-key", key);
    }
}
