package ollamaweb.http;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import ollamaweb.RegisteredRoutes.Route;
import ollamaweb.testing.TestApp;
import ollamaweb.web.WebRoutes;
import okhttp3.RequestBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who adds a route without sign-in has to add it here too. */
class OpenDoorsTest {

    private static final Set<String> OPEN = Set.of(
            "GET /", "GET /health", "GET /health/ready", "GET /metrics", "GET /openapi.json", "GET /docs", "GET /redoc",
            "GET /api/shares/{token}", "GET /api/v1/calendar.ics",
            "POST /api/auth/setup", "POST /api/auth/verify",
            "GET /api/v1/health", "POST /api/v1/auth/register", "POST /api/v1/auth/login", "POST /api/v1/auth/refresh",
            "POST /api/v1/auth/password-reset",
            "GET /api/v1/auth/session", "POST /api/v1/auth/session", "POST /api/v1/auth/session/register");
    private static final String PAGE_FILES = "GET /(docs|redoc)/.+";

    @RegisterExtension
    static final TestApp app = new TestApp();

    @Test
    void only_these_routes_are_open_to_anyone() {
        assertThat(app.routes()).filteredOn(Route::open)
                .filteredOn(route -> !WebRoutes.isOfThePage(route.path()))
                .extracting(route -> route.method() + " " + route.path())
                .filteredOn(route -> !route.matches(PAGE_FILES))
                .isSubsetOf(OPEN);
    }

    @Test
    void every_other_route_asks_for_sign_in_before_anything_else() {
        var anybody = app.anonymous();

        assertThat(app.routes()).filteredOn(route -> !route.open()).isNotEmpty().allSatisfy(route -> {
            var body = route.method().matches("GET|DELETE") ? null : RequestBody.create(new byte[0]);
            var path = route.path().replaceAll("\\{[a-z_]+}", "1");
            var refused = anybody.send(anybody.request(path).method(route.method(), body).build());
            assertThat(refused).hasStatus(401);
            assertThat(refused.body()).contains("API key is required");
        });
    }
}
