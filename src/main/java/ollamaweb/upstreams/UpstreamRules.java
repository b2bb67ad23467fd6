package ollamaweb.upstreams;

import java.util.Set;
import okhttp3.HttpUrl;
import ollamaweb.http.ApiException;
import ollamaweb.outbound.OutboundGuard;
import ollamaweb.outbound.UpstreamUrl;

/**
 * Where an upstream's URL may lead: anywhere for one that an admin shares; for others to where accounts may have an Ollama, and to
 * the two services.
 */
final class UpstreamRules {

    /** The services that every account may have a key for. */
    static final Set<String> SERVICES = Set.of("api.openai.com", "api.anthropic.com");

    private final OutboundGuard guard;

    /** @param guard decides where accounts may have an Ollama */
    UpstreamRules(OutboundGuard guard) {
        this.guard = guard;
    }

    /**
     * @param text one that {@link UpstreamUrl#parse} takes
     * @return the URL as it is stored and shown
     * @throws ApiException 422 naming the field
     */
    String checked(String text, boolean shared) {
        var url = UpstreamUrl.parse(text);
        if (!shared && !guard.allows(url) && !isService(url)) {
            throw ApiException.invalid("url", "host and port are not allowed; the server's OLLAMA_ALLOWED_HOSTS lists those that are",
                    "value_error.url.host");
        }
        return UpstreamUrl.text(url);
    }

    private static boolean isService(HttpUrl url) {
        return url.isHttps() && url.port() == 443 && SERVICES.contains(url.host());
    }
}
