package ollamaweb.http;

import java.util.Set;

/**
 * What an API key may do, and how much of it.
 *
 * @param requestsPerMinute null: as many as the account may
 * @param tokensPerDay      of questions and answers together, by the day in UTC; null: as many as the account may
 */
public record KeyTerms(Set<Scope> scopes, Integer requestsPerMinute, Long tokensPerDay) {

    /** Those of a sign-in, which is no key. */
    public static final KeyTerms UNRESTRICTED = new KeyTerms(Scope.ALL, null, null);

    public KeyTerms {
        scopes = Set.copyOf(scopes);
    }

    /** @return whether what may be done by these may be done by the others, too */
    public boolean isWithin(KeyTerms others) {
        return others.scopes.containsAll(scopes) && isWithin(requestsPerMinute, others.requestsPerMinute)
                && isWithin(tokensPerDay, others.tokensPerDay);
    }

    private static boolean isWithin(Number limit, Number other) {
        return other == null || limit != null && limit.longValue() <= other.longValue();
    }
}
