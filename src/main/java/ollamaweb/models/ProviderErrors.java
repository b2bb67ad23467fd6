package ollamaweb.models;

import ollamaweb.http.ApiException;
import ollamaweb.providers.ProviderException;

/** What a provider's failure means to a client that waits for a plain answer. */
public final class ProviderErrors {

    private ProviderErrors() {}

    /** @return the refusal to answer with */
    public static ApiException answer(ProviderException e) {
        return switch (e.reason()) {
            case UNREACHABLE, SILENT -> ApiException.unavailable(e.getMessage());
            case MODEL_NOT_FOUND -> ApiException.notFound(e.getMessage());
            case FORBIDDEN_ADDRESS -> ApiException.invalid("ollama_url", e.getMessage(), "value_error.url.host");
            case REFUSED, BROKEN -> ApiException.badGateway(e.getMessage());
        };
    }
}
