package ollamaweb.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import ollamaweb.http.ApiException;
import ollamaweb.http.Check;
import ollamaweb.http.KeyTerms;
import ollamaweb.http.Scope;

/**
 * Body of {@code POST /api/v1/users/me/api-keys}; without an expiry the key lasts until it is revoked.
 *
 * @param store             whether what is asked with it through the APIs of Ollama and OpenAI is kept where the request says nothing
 * @param scopes            names of {@link Scope}s; null: {@link Scope#DEFAULT}
 * @param requestsPerMinute null: as many as the account may
 * @param tokensPerDay      null: as many as the account may
 */
record ApiKeyDraft(String name, Instant expiresAt, Integer expiresInDays, Boolean store, List<String> scopes, Integer requestsPerMinute,
        Long tokensPerDay) {

    private static final int MAX_NAME = 100;
    private static final int MAX_DAYS = 3650;
    private static final int MAX_REQUESTS = 1_000_000;
    static final long MAX_TOKENS = 1_000_000_000_000L;

    ApiKeyDraft {
        name = name == null ? null : name.strip();
        store = store != null && store;
        Check.body()
                .required("name", name)
                .line("name", name, 1, MAX_NAME)
                .range("expires_in_days", expiresInDays, 1, MAX_DAYS)
                .that(expiresAt == null || expiresInDays == null, "expires_in_days", "give this or expires_at, not both", "value_error")
                .that(scopes == null || !scopes.isEmpty() && scopes.size() <= Scope.ALL.size()
                        && scopes.stream().allMatch(scope -> scope != null && Scope.of(scope).isPresent()),
                        "scopes", "must be some of read, chat, write, admin", "value_error")
                .range("requests_per_minute", requestsPerMinute, 1, MAX_REQUESTS)
                .range("tokens_per_day", tokensPerDay, 1, MAX_TOKENS)
                .orThrow();
    }

    /**
     * @param maker what the caller's own credential may do
     * @return what the key may do: what is not said is as the maker has it, at most
     * @throws ApiException 403 if the key could do more than its maker
     */
    KeyTerms terms(KeyTerms maker) {
        var wanted = scopes == null
                ? Scope.DEFAULT.stream().filter(maker.scopes()::contains)
                : scopes.stream().map(Scope::of).flatMap(Optional::stream);
        var terms = new KeyTerms(wanted.collect(Collectors.toSet()),
                requestsPerMinute == null ? maker.requestsPerMinute() : requestsPerMinute,
                tokensPerDay == null ? maker.tokensPerDay() : tokensPerDay);
        if (!terms.isWithin(maker)) {
            throw ApiException.forbidden("This key may not make one that may do more than itself");
        }
        return terms;
    }

    /** @return when a key made now expires, or null for never */
    Instant expiry(Instant now) {
        Check.body().that(expiresAt == null || expiresAt.isAfter(now), "expires_at", "must lie in the future", "value_error").orThrow();
        return expiresInDays == null ? expiresAt : now.plus(Duration.ofDays(expiresInDays));
    }
}
