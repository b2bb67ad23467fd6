package ollamaweb.auth;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermission;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPrivateKey;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import ollamaweb.testing.SignedInUser;
import ollamaweb.testing.Rows;
import ollamaweb.testing.SqliteOnly;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TokenTest {

    private static final String SECRET = "a secret of more than thirty-two bytes";
    private static final String BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final Duration TO_THE_LAST_SECOND = Duration.ofSeconds(2);

    @RegisterExtension
    final TestApp app = new TestApp().with("JWT_SECRET_KEY", SECRET);

    private SignedInUser ada;

    @BeforeEach
    void somebody() {
        ada = SignedInUser.registers(app, "ada");
    }

    @Test
    void an_access_token_opens_both_families() {
        assertThat(ada.client().get("/api/v1/users/me")).isOk();
        assertThat(ada.client().get("/api/config/get")).isOk();
        assertThat(ada.client().startsConversation("tiny")).isEqualTo(1);
    }

    @Test
    void a_token_says_whose_it_is_what_it_is_good_for_and_until_when() {
        var access = JWT.decode(ada.accessToken());
        var refresh = JWT.decode(ada.refreshToken());

        assertThat(access.getAlgorithm()).isEqualTo("HS256");
        assertThat(access.getSubject()).isEqualTo(Long.toString(ada.id()));
        assertThat(access.getClaim("type").asString()).isEqualTo("access");
        assertThat(refresh.getClaim("type").asString()).isEqualTo("refresh");
        assertThat(Duration.between(access.getIssuedAtAsInstant(), access.getExpiresAtAsInstant())).isEqualTo(Duration.ofMinutes(15));
        assertThat(Duration.between(refresh.getIssuedAtAsInstant(), refresh.getExpiresAtAsInstant())).isEqualTo(Duration.ofDays(7));
        assertThat(access.getId()).isNotEmpty().isNotEqualTo(refresh.getId());
        assertThat(access.getClaim("sid").asString()).isEqualTo(refresh.getClaim("sid").asString());
    }

    @Test
    void an_access_token_lives_for_its_minutes_and_no_longer() {
        app.clock().advance(Duration.ofMinutes(15).minus(TO_THE_LAST_SECOND));
        assertThat(ada.client().get("/api/v1/users/me")).isOk();

        app.clock().advance(TO_THE_LAST_SECOND);
        assertRefused(ada.accessToken());
    }

    @Test
    void a_refresh_token_lives_for_its_days_and_no_longer() {
        app.clock().advance(Duration.ofDays(7));

        assertThat(ada.refreshes()).isError(401, "Invalid API key");
    }

    @Test
    void neither_kind_of_token_passes_as_the_other() {
        assertRefused(ada.refreshToken());

        var answer = app.anonymous().post("/api/v1/auth/refresh", "{\"refresh_token\":\"" + ada.accessToken() + "\"}");
        assertThat(answer).isError(401, "Invalid API key");
    }

    @Test
    void a_token_made_with_the_key_of_this_server_is_believed() {
        assertThat(app.with(signed(claims())).get("/api/v1/users/me")).isOk();
    }

    @Test
    void no_algorithm_but_hs256_is_believed() throws NoSuchAlgorithmException {
        var rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();

        assertRefused(JWT.create().withPayload(claims()).sign(Algorithm.none()));
        assertRefused(JWT.create().withPayload(claims()).sign(Algorithm.HMAC512(SECRET)));
        assertRefused(JWT.create().withPayload(claims()).sign(Algorithm.RSA256((RSAPrivateKey) rsa.getPrivate())));
        assertRefused(JWT.create().withPayload(claims()).sign(Algorithm.HMAC256("another secret of more than 32 bytes")));
    }

    @Test
    void a_token_without_all_its_claims_is_refused() {
        for (var claim : new String[] {"sub", "type", "sid", "jti", "iat", "exp"}) {
            var missing = claims();
            missing.remove(claim);
            var empty = claims();
            empty.put(claim, null);
            var strange = claims();
            strange.put(claim, "strange");

            assertRefused(signed(missing));
            assertRefused(signed(empty));
            if (!claim.equals("jti")) {
                assertRefused(signed(strange));
            }
        }
    }

    @Test
    void a_session_has_one_holder() {
        var bobs = claims();
        bobs.put("sub", "2");
        app.as("bob");

        assertRefused(signed(bobs));
    }

    @Test
    void a_token_that_was_touched_anywhere_is_refused() {
        var token = ada.accessToken();
        for (int i = 0; i < token.length(); i += 7) {
            assertRefused(touched(token, i));
        }
        assertRefused(touched(token, token.length() - 1));
        assertRefused(token + "A");
        assertRefused(token.substring(0, token.length() - 1));
    }

    @Test
    void what_only_looks_like_a_token_is_refused() {
        for (var text : new String[] {"", "null", "[]", "5", "\"x\"", "{\"exp\":\"soon\"}", "{\"exp\":1e400}", "{\"sub\":{}}",
                "[".repeat(1500), "{}", "{\"exp\":99999999999999999999999}", "\u0000"}) {
            var part = base64(text);
            assertRefused(base64("{\"alg\":\"HS256\"}") + "." + part + "." + part);
            assertRefused(part + "." + part + "." + part);
        }
        assertRefused("..");
        assertRefused("a.b.c");
        assertRefused("!.!.!");
    }

    @Test
    void a_key_that_looks_like_a_token_is_still_a_key() {
        assertThat(app.anonymous().post("/api/auth/setup", "{\"api_key\":\"my.own.key\"}")).isOk();

        assertThat(app.with("my.own.key").get("/api/v1/users/me")).isOk();
    }

    @Test
    void a_session_that_another_program_ended_is_believed_for_seconds_only() {
        assertThat(ada.client().get("/api/v1/users/me")).isOk();
        Rows.change(app.database(), "DELETE FROM sessions");

        app.clock().advance(Duration.ofSeconds(6));

        assertRefused(ada.accessToken());
    }

    @Test
    @SqliteOnly
    void without_a_key_of_its_own_the_server_makes_one_and_keeps_it_to_itself() throws IOException {
        var secret = app.database().resolveSibling("test.db.jwt.secret");
        assertThat(secret).doesNotExist();

        app.with("JWT_SECRET_KEY", "").restart();
        var bob = SignedInUser.registers(app, "bob");
        app.restart();

        assertThat(app.with(bob.accessToken()).get("/api/v1/users/me")).isOk();
        assertRefused(ada.accessToken());
        assertThat(Files.getPosixFilePermissions(secret))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }

    private void assertRefused(String token) {
        assertThat(app.with(token).get("/api/v1/users/me"))
                .as(token)
                .isJson("{\"detail\":\"Invalid API key\",\"status_code\":401}")
                .hasStatus(401)
                .hasHeader("WWW-Authenticate", "Bearer");
    }

    /** @return what the access token says, to be said again in other ways */
    private Map<String, Object> claims() {
        var claims = new LinkedHashMap<String, Object>();
        JWT.decode(ada.accessToken()).getClaims().forEach((name, claim) -> claims.put(name, claim.as(Object.class)));
        return claims;
    }

    private static String signed(Map<String, Object> claims) {
        return JWT.create().withPayload(claims).sign(Algorithm.HMAC256(SECRET));
    }

    /** @return the token with the lowest bit of one character flipped; in the last one that bit says nothing */
    private static String touched(String token, int position) {
        int value = BASE64.indexOf(token.charAt(position));
        char other = value < 0 ? 'A' : BASE64.charAt(value ^ 1);
        return token.substring(0, position) + other + token.substring(position + 1);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
