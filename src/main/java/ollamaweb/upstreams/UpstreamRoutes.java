package ollamaweb.upstreams;

import static io.javalin.apibuilder.ApiBuilder.delete;
import static io.javalin.apibuilder.ApiBuilder.get;
import static io.javalin.apibuilder.ApiBuilder.patch;
import static io.javalin.apibuilder.ApiBuilder.path;
import static io.javalin.apibuilder.ApiBuilder.post;
import static io.javalin.http.HttpStatus.CREATED;

import io.javalin.apibuilder.EndpointGroup;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.time.Clock;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.http.ApiException;
import ollamaweb.http.CurrentUser;
import ollamaweb.http.Input;
import ollamaweb.http.PatchField;
import ollamaweb.http.Scope;
import ollamaweb.outbound.OutboundGuard;
import ollamaweb.users.User;
import ollamaweb.users.UserDao;

/** {@code /api/upstreams}: servers with models beside the account's Ollama. */
public final class UpstreamRoutes implements EndpointGroup {

    /** Stands for everybody where one is told whose upstreams have changed. */
    public static final long EVERYBODY = 0;

    private static final int MOST = 20;

    private final Database database;
    private final Upstreams upstreams;
    private final UpstreamRules rules;
    private final LongConsumer onChange;
    private final Clock clock;

    /**
     * @param guard    decides where accounts may have an Ollama
     * @param onChange is given whose upstreams have changed, or {@link #EVERYBODY}
     */
    public UpstreamRoutes(Database database, Upstreams upstreams, OutboundGuard guard, LongConsumer onChange, Clock clock) {
        this.database = database;
        this.upstreams = upstreams;
        this.rules = new UpstreamRules(guard);
        this.onChange = onChange;
        this.clock = clock;
    }

    @Override
    public void addEndpoints() {
        path("upstreams", () -> {
            get(this::list);
            post(this::create);
            path("{id}", () -> {
                get(this::show);
                patch(this::update);
                delete(this::remove);
            });
        });
    }

    record UpstreamList(List<Upstream> upstreams) {}

    record Removed(boolean success, String message, long upstreamId) {}

    private void list(Context ctx) {
        long userId = CurrentUser.id(ctx);
        var stored = database.read(tx -> {
            boolean isAdmin = isAdmin(tx, userId) && CurrentUser.of(ctx).may(Scope.ADMIN);
            return tx.dao(UpstreamDao.class).list(userId).stream().map(row -> row.shown(isAdmin || !row.shared())).toList();
        });
        ctx.json(new UpstreamList(Stream.concat(stored.stream(), upstreams.fixed().stream().map(FixedUpstream::shown)).toList()));
    }

    private void create(Context ctx) {
        var draft = Input.body(ctx, UpstreamDraft.class);
        long userId = CurrentUser.id(ctx);
        var made = database.write(userId, tx -> {
            if (draft.shared()) {
                requireAdmin(tx, CurrentUser.of(ctx));
            }
            var dao = tx.dao(UpstreamDao.class);
            if (dao.count(userId) >= MOST) {
                throw ApiException.conflict("An account can have at most " + MOST + " upstreams");
            }
            requireFree(tx, draft.name(), userId, draft.shared(), 0);
            var url = rules.checked(draft.url(), draft.shared());
            return visible(tx, dao.insert(userId, draft, url, upstreams.encrypted(draft.apiKey(), userId), clock.instant()), userId);
        });
        tellOfChange(made);
        ctx.status(CREATED).header(Header.LOCATION, "/api/upstreams/" + made.id()).json(made.shown(true));
    }

    private void show(Context ctx) {
        long id = Input.id(ctx);
        long userId = CurrentUser.id(ctx);
        ctx.json(database.read(tx -> {
            var upstream = visible(tx, id, userId);
            return upstream.shown(!upstream.shared() || isAdmin(tx, userId) && CurrentUser.of(ctx).may(Scope.ADMIN));
        }));
    }

    private void update(Context ctx) {
        long id = Input.id(ctx);
        long userId = CurrentUser.id(ctx);
        var change = Input.body(ctx, UpstreamChange.class);
        var changed = database.write(userId, tx -> {
            var old = changeable(tx, id, CurrentUser.of(ctx));
            var now = changed(old, change);
            requireFree(tx, now.name(), old.userId(), old.shared(), id);
            tx.dao(UpstreamDao.class).update(now, clock.instant());
            return visible(tx, id, userId);
        });
        tellOfChange(changed);
        ctx.json(changed.shown(true));
    }

    private StoredUpstream changed(StoredUpstream old, UpstreamChange change) {
        return new StoredUpstream(old.id(), old.userId(), old.shared(),
                PatchField.or(change.name(), old.name()),
                PatchField.or(change.kind(), old.kind()),
                change.url() == null ? old.url() : rules.checked(PatchField.orNull(change.url()), old.shared()),
                change.apiKey() == null ? old.apiKey() : upstreams.encrypted(PatchField.orNull(change.apiKey()), old.userId()),
                PatchField.or(change.enabled(), old.enabled()),
                PatchField.or(change.priority(), old.priority()),
                old.createdAt(), old.updatedAt());
    }

    private void remove(Context ctx) {
        long id = Input.id(ctx);
        long userId = CurrentUser.id(ctx);
        var removed = database.write(userId, tx -> {
            var old = changeable(tx, id, CurrentUser.of(ctx));
            tx.dao(UpstreamDao.class).delete(id, old.userId());
            return old;
        });
        tellOfChange(removed);
        ctx.json(new Removed(true, "Upstream deleted successfully", id));
    }

    private void tellOfChange(StoredUpstream upstream) {
        onChange.accept(upstream.shared() ? EVERYBODY : upstream.userId());
    }

    private void requireFree(Transaction tx, String name, long userId, boolean shared, long exceptId) {
        boolean isFixed = shared && upstreams.fixed().stream().anyMatch(upstream -> upstream.name().equals(name));
        if (isFixed || tx.dao(UpstreamDao.class).isTaken(name, userId, shared, exceptId)) {
            throw ApiException.conflict("There is an upstream of this name");
        }
    }

    /** @throws ApiException 404 if the user does not see it, 403 if it is not the user's to change */
    private static StoredUpstream changeable(Transaction tx, long id, CurrentUser user) {
        var upstream = visible(tx, id, user.id());
        if (upstream.shared()) {
            requireAdmin(tx, user);
        }
        return upstream;
    }

    private static StoredUpstream visible(Transaction tx, long id, long userId) {
        return tx.dao(UpstreamDao.class).find(id, userId).orElseThrow(() -> ApiException.notFound("Upstream not found"));
    }

    private static boolean isAdmin(Transaction tx, long userId) {
        return tx.dao(UserDao.class).find(userId).map(User::isAdmin).orElse(false);
    }

    private static void requireAdmin(Transaction tx, CurrentUser user) {
        if (!isAdmin(tx, user.id())) {
            throw ApiException.forbidden("Only admins may have and change upstreams that are shared");
        }
        user.require(Scope.ADMIN);
    }
}
