package ollamaweb.auth;

import static io.javalin.apibuilder.ApiBuilder.delete;
import static io.javalin.apibuilder.ApiBuilder.path;
import static io.javalin.apibuilder.ApiBuilder.post;

import io.javalin.apibuilder.EndpointGroup;
import io.javalin.http.Context;
import java.time.Clock;
import ollamaweb.audit.Actor;
import ollamaweb.http.ClientAddress;
import ollamaweb.http.CurrentUser;
import ollamaweb.http.Envelope;
import ollamaweb.http.Input;

/** {@code /api/v1/users/me}, where it changes who gets in: the password, and the end of the account. */
public final class AccountRoutes implements EndpointGroup {

    private final Accounts accounts;
    private final Clock clock;

    public AccountRoutes(Accounts accounts, Clock clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    @Override
    public void addEndpoints() {
        path("users/me", () -> {
            delete(this::remove);
            post("password", this::changePassword);
        });
    }

    record Done(String message) {}

    private void remove(Context ctx) {
        accounts.remove(CurrentUser.id(ctx), Actor.of(ctx));
        ctx.json(Envelope.of(new Done("Account deleted successfully"), clock));
    }

    private void changePassword(Context ctx) {
        accounts.changePassword(CurrentUser.of(ctx), Input.body(ctx, PasswordChange.class), ClientAddress.of(ctx));
        ctx.json(Envelope.of(new Done("Password changed successfully"), clock));
    }
}
