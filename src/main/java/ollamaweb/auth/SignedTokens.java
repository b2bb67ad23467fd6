package ollamaweb.auth;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.RegisteredClaims;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.interfaces.DecodedJWT;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The JSON Web Tokens of this server: signed with HS256 and nothing else, timed by the server's own clock. */
final class SignedTokens {

    private static final String TYPE = "type";
    private static final String SESSION = "sid";

    /** What a token is good for; one kind never passes as the other. */
    enum Kind {
        ACCESS, REFRESH;

        private String claim() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param id the token's own, {@code jti} */
    record Claims(long userId, String sessionId, String id) {}

    private final Algorithm algorithm;
    private final Clock clock;
    private final Map<Kind, JWTVerifier> verifiers = new EnumMap<>(Kind.class);

    SignedTokens(String secret, Clock clock) {
        this.algorithm = Algorithm.HMAC256(secret);
        this.clock = clock;
        for (var kind : Kind.values()) {
            verifiers.put(kind, verifier(kind));
        }
    }

    String issue(Kind kind, Claims claims, Duration lifetime) {
        var now = clock.instant();
        return JWT.create()
                .withSubject(Long.toString(claims.userId()))
                .withClaim(TYPE, kind.claim())
                .withClaim(SESSION, claims.sessionId())
                .withJWTId(claims.id())
                .withIssuedAt(now)
                .withExpiresAt(now.plus(lifetime))
                .sign(algorithm);
    }

    /** @return what the token says, or empty if it is not ours, not of this kind, expired or incomplete */
    Optional<Claims> read(Kind kind, String token) {
        try {
            var jwt = verifiers.get(kind).verify(token);
            return isCanonical(jwt.getSignature()) ? Optional.of(claims(jwt)) : Optional.empty();
        } catch (RuntimeException notOurs) {
            // The library has its own exceptions for most of what is no token, and stumbles over the rest: a header that is null.
            return Optional.empty();
        }
    }

    private JWTVerifier verifier(Kind kind) {
        var verification = JWT.require(algorithm)
                .ignoreIssuedAt() // the clock of the server that issued it may be ahead
                .withClaim(TYPE, kind.claim())
                .withClaim(RegisteredClaims.SUBJECT, (claim, jwt) -> claim.asString() != null)
                .withClaim(SESSION, (claim, jwt) -> claim.asString() != null)
                .withClaim(RegisteredClaims.JWT_ID, (claim, jwt) -> claim.asString() != null)
                .withClaim(RegisteredClaims.ISSUED_AT, (claim, jwt) -> claim.asInstant() != null)
                .withClaim(RegisteredClaims.EXPIRES_AT, (claim, jwt) -> claim.asInstant() != null);
        return ((JWTVerifier.BaseVerification) verification).build(clock);
    }

    private static Claims claims(DecodedJWT jwt) {
        return new Claims(Long.parseLong(jwt.getSubject()), jwt.getClaim(SESSION).asString(), jwt.getId());
    }

    /** The last character of a base64 text has bits to spare; a token that was touched there is not the one we gave out. */
    private static boolean isCanonical(String base64) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Base64.getUrlDecoder().decode(base64)).equals(base64);
    }
}
