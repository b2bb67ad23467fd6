package ollamaweb.models;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import okhttp3.HttpUrl;
import ollamaweb.providers.ChatCall;
import ollamaweb.providers.ChatListener;
import ollamaweb.providers.ChatRequest;
import ollamaweb.providers.ModelProvider;
import ollamaweb.providers.ProviderException;

/** Several Ollamas as if they were one: what they have is joined, and what is asked for is asked where it is. */
final class OllamaPool implements ModelProvider {

    private final OllamaHosts hosts;
    private final Function<HttpUrl, ModelProvider> at;

    OllamaPool(OllamaHosts hosts, Function<HttpUrl, ModelProvider> at) {
        this.hosts = hosts;
        this.at = at;
    }

    @Override
    public ChatCall chat(ChatRequest request, ChatListener listener) {
        return at.apply(hosts.inOrder(request.model()).get(0)).chat(request, listener);
    }

    @Override
    public List<JsonNode> models() {
        return joined(ModelProvider::models);
    }

    @Override
    public JsonNode show(String model) {
        return first(model, provider -> provider.show(model));
    }

    @Override
    public List<JsonNode> running() {
        return joined(ModelProvider::running);
    }

    @Override
    public List<float[]> embed(String model, List<String> texts) {
        return first(model, provider -> provider.embed(model, texts));
    }

    @Override
    public boolean answers(Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        for (var url : hosts.inOrder("")) {
            long rest = end - System.nanoTime();
            if (rest > 0 && at.apply(url).answers(Duration.ofNanos(Math.max(1, rest)))) {
                return true;
            }
        }
        return false;
    }

    /** @return what the hosts have that answer, each model once */
    private List<JsonNode> joined(Function<ModelProvider, List<JsonNode>> question) {
        var found = new LinkedHashMap<String, JsonNode>();
        ProviderException failure = null;
        boolean answered = false;
        for (var url : hosts.answering()) {
            try {
                question.apply(at.apply(url)).forEach(model -> found.putIfAbsent(MergedModels.key(model.path("name").asText()), model));
                answered = true;
            } catch (ProviderException e) {
                hosts.isAway(url);
                failure = e;
            }
        }
        if (!answered && failure != null) {
            throw failure;
        }
        return new ArrayList<>(found.values());
    }

    private <T> T first(String model, Function<ModelProvider, T> question) {
        ProviderException failure = null;
        for (var url : hosts.inOrder(model)) {
            try {
                return question.apply(at.apply(url));
            } catch (ProviderException e) {
                failure = failure == null || e.reason() == ProviderException.Reason.MODEL_NOT_FOUND ? e : failure;
            }
        }
        throw failure;
    }
}
