package ollamaweb.auth;

import static io.javalin.apibuilder.ApiBuilder.delete;
import static io.javalin.apibuilder.ApiBuilder.patch;
import static io.javalin.apibuilder.ApiBuilder.path;
import static io.javalin.apibuilder.ApiBuilder.post;
import static io.javalin.http.HttpStatus.CREATED;
import static ollamaweb.http.Role.ADMIN;
import static ollamaweb.http.Role.ANYONE;

import io.javalin.apibuilder.EndpointGroup;
import io.javalin.http.Context;
import java.time.Clock;
import ollamaweb.audit.Actor;
import ollamaweb.db.Database;
import ollamaweb.http.ApiException;
import ollamaweb.http.Check;
import ollamaweb.http.ClientAddress;
import ollamaweb.http.CurrentUser;
import ollamaweb.http.Envelope;
import ollamaweb.http.Input;
import ollamaweb.users.AdministeredUser;
import ollamaweb.users.Admins;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /api/v1/users/{id}}, where admins change accounts, and {@code /api/v1/auth/password-reset}, where a link that one of them
 * made is used. To be added after {@code users/me}, which is no id.
 */
public final class AccountAdministrationRoutes implements EndpointGroup {

    private static final Logger log = LoggerFactory.getLogger(AccountAdministrationRoutes.class);
    private static final int LONGEST_TOKEN = 100;

    private final Admins admins;
    private final AccountAdministration administration;
    private final Accounts accounts;
    private final PasswordLinks links;
    private final PasswordResets resets;
    private final Clock clock;

    public AccountAdministrationRoutes(Database database, AccountAdministration administration, Accounts accounts, PasswordLinks links,
            PasswordResets resets, Clock clock) {
        this.admins = new Admins(database);
        this.administration = administration;
        this.accounts = accounts;
        this.links = links;
        this.resets = resets;
        this.clock = clock;
    }

    @Override
    public void addEndpoints() {
        path("users/{id}", () -> {
            patch(this::update, ADMIN);
            delete(this::remove, ADMIN);
            post("password-reset", this::resetPassword, ADMIN);
        });
        post("auth/password-reset", this::setPassword, ANYONE);
    }

    record Done(String message) {}

    record NewPassword(String token, String password) {
        NewPassword {
            Passwords.check(Check.body().requiredText("token", token, 1, LONGEST_TOKEN), "password", password).orThrow();
        }
    }

    private void update(Context ctx) {
        long id = administered(ctx);
        var change = Input.body(ctx, AccountChange.class);
        var user = administration.change(id, change, Actor.of(ctx));
        log.info("User {} is {} and {}, says user {} from {}", id, user.isAdmin() ? "an admin" : "no admin",
                user.disabled() ? "disabled" : "enabled", CurrentUser.id(ctx), ClientAddress.of(ctx).text());
        ctx.json(Envelope.of(AdministeredUser.of(user), clock));
    }

    private void remove(Context ctx) {
        long id = administered(ctx);
        accounts.remove(id, Actor.of(ctx));
        ctx.json(Envelope.of(new Done("Account deleted successfully"), clock));
    }

    private void resetPassword(Context ctx) {
        long id = administered(ctx);
        var link = links.create(id, Actor.of(ctx));
        log.info("User {} made a password link for user {} from {}", CurrentUser.id(ctx), id, ClientAddress.of(ctx).text());
        ctx.status(CREATED).json(Envelope.of(link, clock));
    }

    private void setPassword(Context ctx) {
        var given = Input.body(ctx, NewPassword.class);
        resets.redeem(given.token(), given.password(), ClientAddress.of(ctx));
        ctx.json(Envelope.of(new Done("Password changed successfully"), clock));
    }

    /** @return the account that is meant; to others than admins only their own exists, and that they may not change here */
    private long administered(Context ctx) {
        long id = Input.id(ctx);
        if (!admins.isOne(ctx)) {
            throw id == CurrentUser.id(ctx) ? Admins.refusal() : ApiException.notFound("User not found");
        }
        return id;
    }
}
