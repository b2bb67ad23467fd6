package ollamaweb.auth;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CookieOriginTest {

    private static final String SESSION = "/api/v1/auth/session";
    private static final String KEY = "{\"api_key\":\"key-of-ada\"}";
    private static final String NEWCOMER = "{\"email\":\"bob@example.org\",\"password\":\"Analytical1843\",\"display_name\":\"Bob\"}";

    @RegisterExtension
    static final TestApp app = new TestApp();

    private final CookieCaller page = new CookieCaller(app);

    @ParameterizedTest
    @ValueSource(strings = {
            "Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: none", "Origin: {server}", "Referer: {server}/c/1", "Referer: {server}",
            "Sec-Fetch-Site: same-origin, Origin: https://elsewhere.example"})
    void a_cookie_counts_where_the_browser_says_that_our_own_page_asks(String headers) {
        assertThat(page.by(cookie(), "GET", "/api/config/get", headers(headers))).isOk();
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site", "Origin: https://elsewhere.example", "Origin: null",
            "Origin: {server}.elsewhere.example", "Origin: {server}0", "Referer: {server}.elsewhere.example/",
            "Referer: https://elsewhere.example/",
            "Sec-Fetch-Site: cross-site, Origin: {server}", "Origin: http://127.0.0.1"})
    void elsewhere_it_does_not_count(String headers) {
        assertThat(page.by(cookie(), "GET", "/api/config/get", headers(headers))).isError(401, "API key is required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site", "Origin: https://elsewhere.example", "Origin: null"})
    void a_page_of_another_origin_can_change_nothing_by_it(String headers) {
        var cookie = cookie();

        for (var call : List.of("POST /api/conversations", "DELETE /api/v1/users/me", "PATCH /api/v1/users/me", "DELETE " + SESSION)) {
            var words = call.split(" ");
            var body = words[0].equals("DELETE") ? null : "{\"model_name\":\"tiny\"}";
            assertThat(page.by(cookie, words[0], words[1], with(body, headers(headers)))).as(call).hasStatus(403);
        }
        assertThat(page.own(cookie, "GET", "/api/v1/users/me")).isOk();
    }

    @Test
    void a_page_of_another_origin_cannot_sign_anybody_in() {
        assertThat(page.by(null, "POST", SESSION, KEY, "Origin", "https://elsewhere.example")).hasStatus(403);
        assertThat(page.by(null, "POST", SESSION + "/register", NEWCOMER, "Sec-Fetch-Site", "cross-site")).hasStatus(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "key-of-ada"})
    void a_made_up_cookie_opens_nothing(String cookie) {
        assertThat(page.own(cookie, "GET", "/api/config/get")).isError(401, "Invalid API key");
        assertThat(page.own(cookie, "GET", SESSION).json().at("/data/user").isNull()).isTrue();
    }

    private String cookie() {
        app.as("ada");
        return CookieCaller.cookie(app.anonymous().post(SESSION, KEY));
    }

    private static String[] headers(String lines) {
        return lines.isEmpty() ? new String[0] : lines.replace("{server}", app.url()).split(": |, ");
    }

    private static String[] with(String body, String[] headers) {
        return body == null ? headers : Stream.concat(Stream.of(body), Stream.of(headers)).toArray(String[]::new);
    }
}
