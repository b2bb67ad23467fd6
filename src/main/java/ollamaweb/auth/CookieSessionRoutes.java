package ollamaweb.auth;

import static io.javalin.apibuilder.ApiBuilder.delete;
import static io.javalin.apibuilder.ApiBuilder.get;
import static io.javalin.apibuilder.ApiBuilder.path;
import static io.javalin.apibuilder.ApiBuilder.post;
import static io.javalin.http.HttpStatus.CREATED;
import static ollamaweb.http.Role.ANYONE;
import static ollamaweb.http.Role.ANY_KEY;

import io.javalin.apibuilder.EndpointGroup;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Instant;
import ollamaweb.auth.CookieSessions.Opened;
import ollamaweb.db.Database;
import ollamaweb.http.Access;
import ollamaweb.http.Check;
import ollamaweb.http.ClientAddress;
import ollamaweb.http.CurrentUser;
import ollamaweb.http.Envelope;
import ollamaweb.http.Input;
import ollamaweb.http.SessionCookie;
import ollamaweb.users.User;
import ollamaweb.users.UserDao;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /api/v1/auth/session}: how the page signs in, by a cookie that no script can read. */
public final class CookieSessionRoutes implements EndpointGroup {

    private static final Logger log = LoggerFactory.getLogger(CookieSessionRoutes.class);

    private final UserDao users;
    private final Access access;
    private final Accounts accounts;
    private final Sessions sessions;
    private final CookieSessions cookies;
    private final SetupMode mode;
    private final Clock clock;

    public CookieSessionRoutes(Database database, Access access, Accounts accounts, Sessions sessions, CookieSessions cookies,
            SetupMode mode, Clock clock) {
        this.users = database.reader(UserDao.class);
        this.access = access;
        this.accounts = accounts;
        this.sessions = sessions;
        this.cookies = cookies;
        this.mode = mode;
        this.clock = clock;
    }

    @Override
    public void addEndpoints() {
        path("auth/session", () -> {
            get(this::show, ANYONE);
            post(this::signIn, ANYONE);
            delete(this::signOut, ANY_KEY);
            post("register", this::register, ANYONE);
        });
    }

    /** E-mail and password, or an API key. */
    record SignIn(String email, String password, String apiKey) {
        SignIn {
            if (apiKey == null) {
                Check.body().required("email", email).required("password", password).orThrow();
            } else {
                Check.body()
                        .that(email == null && password == null, "api_key", "comes without email and password", "value_error")
                        .orThrow();
            }
        }
    }

    /**
     * Who is signed in, and what somebody who is not can do.
     *
     * @param user             null for nobody
     * @param expiresAt        when the session ends at the latest; null for nobody, and for who sent an API key
     * @param firstStart       whether there is no account yet
     * @param registrationOpen whether an account can be made now
     */
    record Session(User user, Instant expiresAt, boolean firstStart, boolean registrationOpen) {}

    record SignedOut(String message) {}

    private void show(Context ctx) {
        var caller = access.caller(ctx);
        ctx.json(session(
                caller.flatMap(user -> users.find(user.id())).orElse(null),
                caller.flatMap(cookies::expiresAt).orElse(null)));
    }

    private void signIn(Context ctx) {
        SessionCookie.refuseOtherOrigins(ctx);
        var given = Input.body(ctx, SignIn.class);
        answer(ctx, given.apiKey() == null
                ? cookies.takeOver(accounts.signIn(given.email(), given.password(), ClientAddress.of(ctx)).tokens().accessToken())
                : byKey(ctx, given.apiKey()));
    }

    private Opened byKey(Context ctx, String apiKey) {
        var opened = cookies.open(apiKey, ClientAddress.of(ctx));
        log.info("User {} signed in by a key from {}", opened.userId(), ClientAddress.of(ctx).text());
        return opened;
    }

    private void register(Context ctx) {
        SessionCookie.refuseOtherOrigins(ctx);
        var newcomer = accounts.register(Input.body(ctx, Registration.class), ClientAddress.of(ctx));
        ctx.status(CREATED);
        answer(ctx, cookies.takeOver(newcomer.tokens().accessToken()));
    }

    private void signOut(Context ctx) {
        sessions.end(CurrentUser.of(ctx), null);
        SessionCookie.remove(ctx);
        log.info("User {} signed out from {}", CurrentUser.id(ctx), ClientAddress.of(ctx).text());
        ctx.json(Envelope.of(new SignedOut("Logged out successfully"), clock));
    }

    private void answer(Context ctx, Opened opened) {
        SessionCookie.put(ctx, opened.cookie(), CookieSessions.LIFETIME);
        ctx.json(session(users.find(opened.userId()).orElseThrow(), opened.expiresAt()));
    }

    private Envelope<Session> session(User user, Instant expiresAt) {
        boolean hasAccounts = user != null || users.any();
        return Envelope.of(new Session(user, expiresAt, !hasAccounts, mode.admits(hasAccounts)), clock);
    }
}
