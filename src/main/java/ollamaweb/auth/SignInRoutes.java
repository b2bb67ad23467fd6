package ollamaweb.auth;

import static io.javalin.apibuilder.ApiBuilder.path;
import static io.javalin.apibuilder.ApiBuilder.post;
import static io.javalin.http.HttpStatus.CREATED;
import static ollamaweb.http.Role.ANYONE;
import static ollamaweb.http.Role.ANY_KEY;

import io.javalin.apibuilder.EndpointGroup;
import io.javalin.http.Context;
import java.time.Clock;
import ollamaweb.http.Check;
import ollamaweb.http.ClientAddress;
import ollamaweb.http.CurrentUser;
import ollamaweb.http.Envelope;
import ollamaweb.http.Input;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /api/v1/auth}: registration, sign-in by e-mail and password, refresh and sign-out. */
public final class SignInRoutes implements EndpointGroup {

    private static final Logger log = LoggerFactory.getLogger(SignInRoutes.class);

    private final Accounts accounts;
    private final Sessions sessions;
    private final Clock clock;

    public SignInRoutes(Accounts accounts, Sessions sessions, Clock clock) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.clock = clock;
    }

    @Override
    public void addEndpoints() {
        path("auth", () -> {
            post("register", this::register, ANYONE);
            post("login", this::login, ANYONE);
            post("refresh", this::refresh, ANYONE);
            post("logout", this::logout, ANY_KEY);
        });
    }

    record Login(String email, String password) {
        Login {
            Check.body().required("email", email).required("password", password).orThrow();
        }
    }

    record Refresh(String refreshToken) {
        Refresh {
            Check.body().required("refresh_token", refreshToken).orThrow();
        }
    }

    /** @param refreshToken of another session to end beside the caller's own, or null */
    record Logout(String refreshToken) {}

    record LoggedOut(String message) {}

    private void register(Context ctx) {
        var registration = Input.body(ctx, Registration.class);
        ctx.status(CREATED).json(Envelope.of(accounts.register(registration, ClientAddress.of(ctx)), clock));
    }

    private void login(Context ctx) {
        var login = Input.body(ctx, Login.class);
        ctx.json(Envelope.of(accounts.signIn(login.email(), login.password(), ClientAddress.of(ctx)), clock));
    }

    private void refresh(Context ctx) {
        var refresh = Input.body(ctx, Refresh.class);
        ctx.json(Envelope.of(sessions.refresh(refresh.refreshToken()), clock));
    }

    private void logout(Context ctx) {
        var logout = Input.bodyOrEmpty(ctx, Logout.class);
        sessions.end(CurrentUser.of(ctx), logout.refreshToken());
        log.info("User {} signed out from {}", CurrentUser.id(ctx), ClientAddress.of(ctx).text());
        ctx.json(Envelope.of(new LoggedOut("Logged out successfully"), clock));
    }
}
