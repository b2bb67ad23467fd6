package ollamaweb.http;

import java.util.Optional;

/** Knows who holds a token; called for each request, so it has to be cheap. */
@FunctionalInterface
public interface Authenticator {
    /** @return the holder, or empty when the token is wrong, expired or revoked */
    Optional<CurrentUser> authenticate(String token);
}
