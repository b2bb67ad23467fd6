package ollamaweb.auth;

import java.util.Optional;
import ollamaweb.http.Authenticator;
import ollamaweb.http.CurrentUser;

/** The two kinds of token that open every door: access tokens and API keys. */
public final class TokenAuthenticator implements Authenticator {

    private final Sessions sessions;
    private final ApiKeys keys;

    public TokenAuthenticator(Sessions sessions, ApiKeys keys) {
        this.sessions = sessions;
        this.keys = keys;
    }

    /** Only a JWT has two dots, unless somebody chose a key that has. */
    @Override
    public Optional<CurrentUser> authenticate(String token) {
        boolean maybeJwt = token.chars().filter(c -> c == '.').count() == 2;
        return maybeJwt ? sessions.authenticate(token).or(() -> keys.authenticate(token)) : keys.authenticate(token);
    }
}
