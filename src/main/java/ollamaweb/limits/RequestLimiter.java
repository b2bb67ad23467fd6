package ollamaweb.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import ollamaweb.http.ApiException;
import ollamaweb.http.ClientAddress;
import ollamaweb.http.CurrentUser;
import ollamaweb.http.RequestLimits;
import ollamaweb.http.Role;

/**
 * Counts each request against the limits of who sends it, and refuses it where one is used up: an account's, its key's, its
 * questions'; without a sign-in the address's.
 */
public final class RequestLimiter implements RequestLimits {

    private static final int KEY_LIMITS = 1000;

    private final boolean enabled;
    private final Limit ofAccounts;
    private final Limit ofAddresses;
    private final Limit ofQuestions;
    /** There are as many as different numbers have been given to keys. */
    private final Cache<Integer, Limit> ofKeys = Caffeine.newBuilder().maximumSize(KEY_LIMITS).build();
    private final Buckets buckets;
    private final DailyTokens tokens;

    /** A limit, and whose bucket the request takes from. */
    private record Counted(Limit limit, Object who) {}

    /** @param tokens counts what models read and write */
    public RequestLimiter(RateLimits limits, Buckets buckets, DailyTokens tokens) {
        this.enabled = limits.enabled();
        this.ofAccounts = Limit.of("account", limits.perMinute());
        this.ofAddresses = Limit.of("address", limits.anonymousPerMinute());
        this.ofQuestions = Limit.of("chat", limits.chatPerMinute());
        this.buckets = buckets;
        this.tokens = tokens;
    }

    @Override
    public void check(Context ctx) {
        var roles = ctx.routeRoles();
        if (roles.contains(Role.UNCOUNTED)) {
            return;
        }
        var user = CurrentUser.find(ctx);
        boolean asks = user != null && roles.contains(Role.ASK);
        var headers = new LimitHeaders();
        try {
            for (var counted : limits(ctx, user, asks)) {
                take(counted, headers);
            }
            if (asks) {
                tokens.check(user, headers);
            }
        } finally {
            headers.put(ctx);
        }
    }

    /** The narrowest comes first: what it refuses takes nothing from the others. */
    private List<Counted> limits(Context ctx, CurrentUser user, boolean asks) {
        var counted = new ArrayList<Counted>(3);
        if (user == null) {
            if (enabled) {
                counted.add(new Counted(ofAddresses, ClientAddress.of(ctx).network()));
            }
            return counted;
        }
        if (asks && enabled) {
            counted.add(new Counted(ofQuestions, user.id()));
        }
        var ofKey = user.terms().requestsPerMinute();
        if (ofKey != null) {
            counted.add(new Counted(ofKeys.get(ofKey, perMinute -> Limit.of("key", perMinute)), user.keyId()));
        }
        if (enabled) {
            counted.add(new Counted(ofAccounts, user.id()));
        }
        return counted;
    }

    private void take(Counted counted, LimitHeaders headers) {
        var probe = buckets.take(counted.limit().bucketOf(counted.who()), counted.limit());
        headers.add(counted.limit(), probe.getRemainingTokens(), Duration.ofNanos(probe.getNanosToWaitForReset()));
        if (!probe.isConsumed()) {
            throw ApiException.tooManyRequests("Too many requests, please try again later",
                    Math.max(1, LimitHeaders.seconds(Duration.ofNanos(probe.getNanosToWaitForRefill()))));
        }
    }
}
