package ollamaweb.http;

import io.javalin.http.Context;
import io.javalin.http.Header;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Turns a bearer token into the {@link CurrentUser}; closed by default: a route without a role asks for sign-in. */
public final class Access {

    /** Knows who holds a token; called for each request, so it has to be cheap. */
    @FunctionalInterface
    public interface Tokens {
        /** @return the holder, or empty when the token is wrong, expired or revoked */
        Optional<CurrentUser> holder(String token);
    }

    private static final String SCHEME = "Bearer ";

    private final Tokens tokens;

    public Access(Tokens tokens) {
        this.tokens = tokens;
    }

    /** To be run before each matched route. */
    public void check(Context ctx) {
        if (ctx.routeRoles().contains(Role.ANYONE)) {
            return;
        }
        var token = bearerToken(ctx);
        if (token == null && ctx.routeRoles().contains(Role.TICKET)) {
            return;
        }
        if (token == null) {
            throw ApiException.unauthorized("API key is required");
        }
        CurrentUser.set(ctx, tokens.holder(token).orElseThrow(() -> ApiException.unauthorized("Invalid API key")));
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
