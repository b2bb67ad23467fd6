package ollamaweb.auth;

import static io.javalin.apibuilder.ApiBuilder.path;
import static io.javalin.apibuilder.ApiBuilder.post;
import static ollamaweb.http.Role.ANYONE;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.javalin.apibuilder.EndpointGroup;
import io.javalin.http.Context;
import ollamaweb.http.Check;
import ollamaweb.http.ClientAddress;
import ollamaweb.http.Input;
import ollamaweb.models.ModelProviders;
import ollamaweb.models.OllamaUrls;

/** {@code /api/auth}: the first steps of somebody who has no key yet. */
public final class AuthRoutes implements EndpointGroup {

    private final Setup setup;
    private final ApiKeys keys;
    private final OllamaUrls ollamaUrls;
    private final ModelProviders providers;

    public AuthRoutes(Setup setup, ApiKeys keys, OllamaUrls ollamaUrls, ModelProviders providers) {
        this.setup = setup;
        this.keys = keys;
        this.ollamaUrls = ollamaUrls;
        this.providers = providers;
    }

    @Override
    public void addEndpoints() {
        path("auth", () -> {
            post("setup", this::setup, ANYONE);
            post("verify", this::verify, ANYONE);
        });
    }

    /** @param apiKey only when the server made it; it is never shown again */
    record SetupAnswer(boolean success, String message, long userId, boolean ollamaConnected,
            @JsonInclude(JsonInclude.Include.NON_NULL) String apiKey) {}

    record VerifyRequest(String apiKey) {
        VerifyRequest {
            Check.body().required("api_key", apiKey).orThrow();
        }
    }

    record VerifyAnswer(boolean valid, String message, Long userId) {}

    private void setup(Context ctx) {
        var request = Input.body(ctx, SetupRequest.class);
        var ollamaUrl = ollamaUrls.checked(request.ollamaUrl());
        var account = setup.run(request.apiKey(), ollamaUrl, ClientAddress.of(ctx));
        boolean connected = providers.answers(account.userId());
        ctx.json(new SetupAnswer(true, message(connected), account.userId(), connected, account.madeKey()));
    }

    private void verify(Context ctx) {
        var request = Input.body(ctx, VerifyRequest.class);
        ctx.json(keys.authenticate(request.apiKey())
                .map(user -> new VerifyAnswer(true, "API key is valid.", user.id()))
                .orElse(new VerifyAnswer(false, "Invalid API key.", null)));
    }

    private static String message(boolean connected) {
        return connected
                ? "API key setup successful and Ollama connection verified."
                : "API key setup successful, but Ollama does not answer at this URL.";
    }
}
