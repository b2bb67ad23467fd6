package ollamaweb.users;

import static io.javalin.apibuilder.ApiBuilder.get;
import static io.javalin.apibuilder.ApiBuilder.patch;
import static io.javalin.apibuilder.ApiBuilder.path;

import io.javalin.apibuilder.EndpointGroup;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import ollamaweb.audit.Actor;
import ollamaweb.audit.AuditAction;
import ollamaweb.audit.AuditLog;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.http.ApiException;
import ollamaweb.http.ClientAddress;
import ollamaweb.http.CurrentUser;
import ollamaweb.http.Envelope;
import ollamaweb.http.Input;
import ollamaweb.http.Page;
import ollamaweb.http.Scope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /api/v1/users}: who somebody is. How they get in, and that they leave, is up to {@code auth}. */
public final class UserRoutes implements EndpointGroup {

    private static final Logger log = LoggerFactory.getLogger(UserRoutes.class);

    private final Database database;
    private final PasswordProof proof;
    private final BiConsumer<Transaction, Long> moved;
    private final AuditLog audit;
    private final Clock clock;

    /**
     * @param proof is asked for before an account gets another e-mail address
     * @param moved is told, within the same transaction, of an account that may have another time zone
     */
    public UserRoutes(Database database, PasswordProof proof, BiConsumer<Transaction, Long> moved, AuditLog audit,
            Clock clock) {
        this.database = database;
        this.proof = proof;
        this.moved = moved;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public void addEndpoints() {
        path("users", () -> {
            get(this::list);
            path("me", () -> {
                get(this::showMe);
                patch(this::updateMe);
            });
            path("{id}", () -> get(this::show));
        });
    }

    private void list(Context ctx) {
        var page = Page.of(ctx);
        var filter = UserFilter.of(ctx);
        ctx.json(database.<Envelope<?>>read(tx -> {
            var me = me(tx, ctx);
            if (!administers(me, ctx)) {
                return Envelope.of(page.offset() == 0 ? List.of(me) : List.of(), 1, page, clock);
            }
            var users = tx.dao(UserDao.class);
            var shown = users.list(filter, page.limit(), page.offset()).stream().map(AdministeredUser::of).toList();
            return Envelope.of(shown, users.count(filter), page, clock);
        }));
    }

    private void showMe(Context ctx) {
        ctx.json(Envelope.of(database.read(tx -> me(tx, ctx)), clock));
    }

    private void updateMe(Context ctx) {
        var change = Input.body(ctx, UserChange.class);
        boolean newEmail = change.changesEmailOf(database.read(tx -> me(tx, ctx)));
        Consumer<Transaction> proved = newEmail
                ? proof.require(CurrentUser.of(ctx), change.currentPassword(), ClientAddress.of(ctx))
                : tx -> requireSameEmail(tx, ctx, change);
        ctx.json(Envelope.of(database.write(CurrentUser.id(ctx), tx -> {
            proved.accept(tx);
            var me = me(tx, ctx);
            change.appliedTo(me).save(tx, me.id(), clock.instant());
            moved.accept(tx, me.id());
            if (newEmail) {
                audit.write(tx, AuditAction.EMAIL_CHANGED, Actor.of(ctx), me.id(), null);
            }
            return me(tx, ctx);
        }), clock));
        if (newEmail) {
            log.info("User {} has a new e-mail address, changed from {}", CurrentUser.id(ctx), ClientAddress.of(ctx).text());
        }
    }

    /** The address may have been changed since it was compared. */
    private static void requireSameEmail(Transaction tx, Context ctx, UserChange change) {
        if (change.changesEmailOf(me(tx, ctx))) {
            throw ApiException.conflict("The e-mail address was changed meanwhile, please try again");
        }
    }

    private void show(Context ctx) {
        long id = Input.id(ctx);
        ctx.json(Envelope.of(database.<Record>read(tx -> {
            var me = me(tx, ctx);
            if (administers(me, ctx)) {
                return tx.dao(UserDao.class).find(id).map(AdministeredUser::of).orElseThrow(UserRoutes::notFound);
            }
            return Optional.of(me).filter(user -> user.id() == id).orElseThrow(UserRoutes::notFound);
        }), clock));
    }

    private static boolean administers(User me, Context ctx) {
        return me.isAdmin() && CurrentUser.of(ctx).may(Scope.ADMIN);
    }

    private static ApiException notFound() {
        return ApiException.notFound("User not found");
    }

    private static User me(Transaction tx, Context ctx) {
        return tx.dao(UserDao.class).find(CurrentUser.id(ctx)).orElseThrow(() -> ApiException.unauthorized("Invalid API key"));
    }
}
