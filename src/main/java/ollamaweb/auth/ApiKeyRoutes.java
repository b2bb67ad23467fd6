package ollamaweb.auth;

import static io.javalin.apibuilder.ApiBuilder.delete;
import static io.javalin.apibuilder.ApiBuilder.get;
import static io.javalin.apibuilder.ApiBuilder.path;
import static io.javalin.apibuilder.ApiBuilder.post;
import static io.javalin.http.HttpStatus.CREATED;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.javalin.apibuilder.EndpointGroup;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
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
import ollamaweb.http.RevokedCredentials;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /api/v1/users/me/api-keys}: a key for each of an account's devices and programs. */
public final class ApiKeyRoutes implements EndpointGroup {

    private static final Logger log = LoggerFactory.getLogger(ApiKeyRoutes.class);
    private static final int MAX_KEYS = 100;

    private final Database database;
    private final ApiKeys keys;
    private final RevokedCredentials revoked;
    private final AuditLog audit;
    private final Clock clock;

    public ApiKeyRoutes(Database database, ApiKeys keys, RevokedCredentials revoked, AuditLog audit, Clock clock) {
        this.database = database;
        this.keys = keys;
        this.revoked = revoked;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public void addEndpoints() {
        path("users/me/api-keys", () -> {
            get(this::list);
            post(this::create);
            path("{id}", () -> delete(this::revoke));
        });
    }

    /** @param apiKey the key itself; it is never shown again */
    record NewKey(@JsonUnwrapped ApiKey key, String apiKey) {}

    record Revoked(String message, long id) {}

    private void list(Context ctx) {
        var page = Page.of(ctx);
        long userId = CurrentUser.id(ctx);
        ctx.json(database.read(tx -> {
            var dao = tx.dao(ApiKeyDao.class);
            return Envelope.of(dao.list(userId, page.limit(), page.offset()).stream().map(ApiKeyDao.Row::shown).toList(), dao.count(userId),
                    page, clock);
        }));
    }

    private void create(Context ctx) {
        var draft = Input.body(ctx, ApiKeyDraft.class);
        var now = clock.instant();
        var expiresAt = draft.expiry(now);
        var maker = CurrentUser.of(ctx);
        var terms = draft.terms(maker.terms());
        var key = keys.generate();
        var made = new ApiKeyDao.NewKey(maker.id(), draft.name(), ApiKeys.hint(key), keys.digest(key), keys.hash(key), now, expiresAt,
                draft.store(), StoredScopes.text(terms.scopes()), terms.requestsPerMinute(), terms.tokensPerDay());
        var created = database.write(maker.id(), tx -> {
            var inserted = insert(tx, made, maker.keyId());
            audit.write(tx, AuditAction.KEY_CREATED, Actor.of(ctx), maker.id(), detail(inserted));
            return inserted;
        });
        log.info("User {} made API key {} from {}", CurrentUser.id(ctx), created.id(), ClientAddress.of(ctx).text());
        ctx.status(CREATED).json(Envelope.of(new NewKey(created, key), clock));
    }

    private void revoke(Context ctx) {
        long id = Input.id(ctx);
        var digest = database.write(tx -> revoke(tx, id, Actor.of(ctx))).orElseThrow(() -> ApiException.notFound("API key not found"));
        keys.forget(List.of(digest));
        revoked.revokeKey(id);
        log.info("User {} revoked API key {} from {}", CurrentUser.id(ctx), id, ClientAddress.of(ctx).text());
        ctx.json(Envelope.of(new Revoked("API key revoked", id), clock));
    }

    private Optional<String> revoke(Transaction tx, long id, Actor owner) {
        var dao = tx.dao(ApiKeyDao.class);
        dao.find(id, owner.userId())
                .ifPresent(key -> audit.write(tx, AuditAction.KEY_REVOKED, owner, owner.userId(), detail(key.shown())));
        return dao.delete(id, owner.userId());
    }

    private static String detail(ApiKey key) {
        return "key " + key.id() + ", " + key.name();
    }

    /** @param makerKeyId the key that makes it, which it does not outlast; null for a sign-in */
    private static ApiKey insert(Transaction tx, ApiKeyDao.NewKey key, Long makerKeyId) {
        var dao = tx.dao(ApiKeyDao.class);
        if (dao.count(key.userId()) >= MAX_KEYS) {
            throw ApiException.conflict("An account can have at most " + MAX_KEYS + " API keys");
        }
        if (makerKeyId != null) {
            requireNoLongerLife(key, dao.find(makerKeyId, key.userId()).orElseThrow(() -> ApiException.unauthorized("Invalid API key")));
        }
        return dao.find(dao.insert(key), key.userId()).orElseThrow().shown();
    }

    private static void requireNoLongerLife(ApiKeyDao.NewKey key, ApiKeyDao.Row maker) {
        if (maker.expiresAt() != null && (key.expiresAt() == null || key.expiresAt().isAfter(maker.expiresAt()))) {
            throw ApiException.forbidden("This key may not make one that outlasts it");
        }
    }
}
