package ollamaweb.auth;

import java.util.Optional;
import ollamaweb.http.Access;
import ollamaweb.http.CurrentUser;

/** The two kinds of token that open every door: access tokens and API keys. */
public final class Bearers implements Access.Tokens {

    private final Sessions sessions;
    private final ApiKeys keys;

    public Bearers(Sessions sessions, ApiKeys keys) {
        this.sessions = sessions;
        this.keys = keys;
    }

    /** Only a JWT has two dots, unless somebody chose a key that has. */
    @Override
    public Optional<CurrentUser> holder(String token) {
        boolean maybeJwt = token.chars().filter(c -> c == '.').count() == 2;
        return maybeJwt ? sessions.holder(token).or(() -> keys.holder(token)) : keys.holder(token);
    }
}
