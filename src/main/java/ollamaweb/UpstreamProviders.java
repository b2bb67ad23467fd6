package ollamaweb;

import java.util.function.Function;
import okhttp3.HttpUrl;
import ollamaweb.models.ModelSource;
import ollamaweb.outbound.OutboundGuard;
import ollamaweb.outbound.UpstreamHosts;
import ollamaweb.providers.ModelProvider;
import ollamaweb.providers.UpstreamHttp;
import ollamaweb.providers.anthropic.AnthropicProvider;
import ollamaweb.providers.ollama.OllamaProvider;
import ollamaweb.providers.openai.OpenAiProvider;
import ollamaweb.upstreams.Upstreams;

/** Makes the provider for each place where models are: of its kind, and on connections that lead where they may. */
final class UpstreamProviders implements Function<ModelSource, ModelProvider>, AutoCloseable {

    private final UpstreamHttp accounts;
    private final UpstreamHttp shared;

    /** @param hosts where accounts may have an Ollama; what is shared may be anywhere */
    UpstreamProviders(UpstreamHosts hosts) {
        accounts = new UpstreamHttp(new OutboundGuard(hosts.and(Upstreams.services())));
        shared = new UpstreamHttp(new OutboundGuard(UpstreamHosts.anywhere()));
    }

    /** @return the Ollama at a URL of an account or of the server */
    OllamaProvider ollama(HttpUrl url) {
        return new OllamaProvider(accounts, url, null);
    }

    @Override
    public ModelProvider apply(ModelSource source) {
        var upstream = source.upstream();
        if (upstream == null) {
            return ollama(source.url());
        }
        var http = http(source);
        return switch (upstream.kind()) {
            case "openai" -> new OpenAiProvider(http, upstream.name(), upstream.url(), upstream.key());
            case "anthropic" -> new AnthropicProvider(http, upstream.name(), upstream.url(), upstream.key());
            default -> new OllamaProvider(http, upstream.url(), upstream.key());
        };
    }

    /** @return the connections that lead there */
    UpstreamHttp http(ModelSource source) {
        return source.upstream() != null && source.upstream().shared() ? shared : accounts;
    }

    @Override
    public void close() {
        accounts.close();
        shared.close();
    }
}
