package ollamaweb;

import java.util.function.Function;
import okhttp3.HttpUrl;
import ollamaweb.models.ModelSource;
import ollamaweb.models.OllamaHosts;
import ollamaweb.outbound.OutboundGuard;
import ollamaweb.outbound.UpstreamHosts;
import ollamaweb.providers.ModelProvider;
import ollamaweb.providers.UpstreamHttp;
import ollamaweb.providers.anthropic.AnthropicProvider;
import ollamaweb.providers.ollama.OllamaProvider;
import ollamaweb.providers.openai.OpenAiProvider;
import ollamaweb.turns.Turns;
import ollamaweb.upstreams.Upstreams;

/** Makes the provider for each place where models are: of its kind, and on connections that lead where they may. */
final class UpstreamProviders implements Function<ModelSource, ModelProvider>, AutoCloseable {

    private final UpstreamHttp accounts;
    private final UpstreamHttp shared;
    private final OllamaHosts ollamas;

    /** What is shared may be anywhere, and the rest where accounts may have an Ollama. */
    UpstreamProviders(Settings settings, Turns turns) {
        accounts = new UpstreamHttp(new OutboundGuard(settings.ollamaHosts().and(Upstreams.services())));
        shared = new UpstreamHttp(new OutboundGuard(UpstreamHosts.anywhere()));
        ollamas = new OllamaHosts(settings.ollamaUrls(), this::ollama, turns::busy);
    }

    /** Begins to look after the server's own Ollamas, where there are several. */
    void start() {
        ollamas.start();
    }

    OllamaHosts ollamas() {
        return ollamas;
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
        ollamas.close();
        accounts.close();
        shared.close();
    }
}
