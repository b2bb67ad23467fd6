package ollamaweb.http;

import io.javalin.http.Context;
import io.javalin.http.Header;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Turns a bearer token, or the page's cookie, into the {@link CurrentUser}; closed by default: a route without a role asks for sign-in. */
public final class Access {

    private static final String SCHEME = "Bearer ";

    private final Authenticator tokens;
    private final Authenticator cookies;
    private final RevokedCredentials revoked;
    private final BiConsumer<CurrentUser, ClientAddress> used;

    /**
     * @param tokens  knows the holders of bearer tokens
     * @param cookies knows the holders of the page's cookies
     * @param revoked knows what was revoked a moment ago, here or on another server, whatever is cached
     * @param used    is told who asks with which credential from where; called for each request, so it has to be cheap
     */
    public Access(Authenticator tokens, Authenticator cookies, RevokedCredentials revoked, BiConsumer<CurrentUser, ClientAddress> used) {
        this.tokens = tokens;
        this.cookies = cookies;
        this.revoked = revoked;
        this.used = used;
    }

    /** To be run before each matched route. */
    public void check(Context ctx) {
        if (ctx.routeRoles().contains(Role.ANYONE)) {
            return;
        }
        var token = bearerToken(ctx);
        var cookie = token == null ? SessionCookie.of(ctx) : null;
        if (token == null && cookie == null) {
            if (ctx.routeRoles().contains(Role.TICKET)) {
                return;
            }
            throw ApiException.unauthorized("API key is required");
        }
        var user = authenticate(token, cookie).orElseThrow(() -> ApiException.unauthorized("Invalid API key"));
        CurrentUser.set(ctx, user);
        used.accept(user, ClientAddress.of(ctx));
    }

    /** To be run after {@link #check}: whether the caller's credential is good for the route. */
    static void requireScope(Context ctx) {
        var user = CurrentUser.find(ctx);
        if (user != null) {
            Scope.require(Scope.anyOf(ctx.method().name(), ctx.routeRoles()), user);
        }
    }

    /** @return who is asking, on a route that is open to anyone; empty also for a token or a cookie that is no longer good */
    public Optional<CurrentUser> caller(Context ctx) {
        var token = bearerToken(ctx);
        var cookie = token == null ? SessionCookie.of(ctx) : null;
        return token == null && cookie == null ? Optional.empty() : authenticate(token, cookie);
    }

    private Optional<CurrentUser> authenticate(String token, String cookie) {
        return (token != null ? tokens.authenticate(token) : cookies.authenticate(cookie))
                .filter(user -> !revoked.anyRecent(user.credentials()));
    }

    private static String bearerToken(Context ctx) {
        var header = ctx.header(Header.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        var token = header.substring(SCHEME.length()).strip();
        return token.isEmpty() ? null : asUtf8(token);
    }

    /** Header bytes arrive as Latin-1, one character each; a key beyond ASCII was sent as UTF-8. */
    private static String asUtf8(String header) {
        return header.chars().allMatch(c -> c < 0x80)
                ? header
                : new String(header.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
