package ollamaweb.sharing;

import static io.javalin.apibuilder.ApiBuilder.delete;
import static io.javalin.apibuilder.ApiBuilder.get;
import static io.javalin.apibuilder.ApiBuilder.path;
import static io.javalin.apibuilder.ApiBuilder.post;
import static io.javalin.http.HttpStatus.CREATED;
import static ollamaweb.http.Role.ANYONE;

import io.javalin.apibuilder.EndpointGroup;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.time.Clock;
import java.util.List;
import java.util.function.LongSupplier;
import ollamaweb.access.AccessDao;
import ollamaweb.conversations.ConversationFork;
import ollamaweb.conversations.ConversationRoutes;
import ollamaweb.crypto.SecretKey;
import ollamaweb.db.Database;
import ollamaweb.http.CurrentUser;
import ollamaweb.http.Input;
import ollamaweb.http.StreamedJson;

/** {@code /api/conversations/{id}/shares} for the owner, {@code /api/shares/{token}} for whoever has a link. */
public final class SharingRoutes implements EndpointGroup {

    private final Database database;
    private final Shares shares;
    private final ConversationFork copies;
    private final StreamedJson documents = new StreamedJson();

    /**
     * @param secret   with which tokens are turned into what is kept of them
     * @param serverId tells the id of this server, which changes when it was taken for gone
     */
    public SharingRoutes(Database database, SecretKey secret, LongSupplier serverId, Clock clock) {
        this.database = database;
        this.shares = new Shares(database, secret, clock);
        this.copies = new ConversationFork(database, serverId, clock);
    }

    @Override
    public void addEndpoints() {
        path("api/conversations/{id}/shares", () -> {
            post(this::create);
            get(this::list);
            delete("{share_id}", this::remove);
        });
        path("api/shares/{token}", () -> {
            get(this::show, ANYONE);
            post("copy", this::copy);
        });
    }

    record ShareList(List<Share> shares) {}

    record Removed(boolean success, String message, long shareId) {}

    private void create(Context ctx) {
        var draft = Input.bodyOrEmpty(ctx, ShareDraft.class);
        ctx.status(CREATED).json(shares.create(Input.id(ctx), CurrentUser.id(ctx), draft));
    }

    private void list(Context ctx) {
        long id = Input.id(ctx);
        long userId = CurrentUser.id(ctx);
        ctx.json(database.read(tx -> {
            ConversationRoutes.requireOwner(tx, id, userId);
            return new ShareList(tx.dao(ShareDao.class).list(id, userId));
        }));
    }

    private void remove(Context ctx) {
        long id = Input.id(ctx);
        long shareId = Input.id(ctx, "share_id");
        long userId = CurrentUser.id(ctx);
        database.write(userId, tx -> {
            if (!tx.dao(ShareDao.class).delete(shareId, id, userId)) {
                tx.dao(AccessDao.class).find(id, userId).ifPresent(access -> access.role().requireOwner());
                throw Shares.notFound();
            }
            return null;
        });
        ctx.json(new Removed(true, "Share deleted successfully", shareId));
    }

    private void show(Context ctx) {
        var token = ctx.pathParam("token");
        documents.send(ctx, database.read(tx -> {
            var shared = shares.find(tx, token);
            return new SharedDocument(database, shared, shared.messageIds(tx));
        }));
    }

    private void copy(Context ctx) {
        var token = ctx.pathParam("token");
        var copy = database.read(tx -> {
            var shared = shares.find(tx, token);
            return new ConversationFork.Original(shared.title(), shared.modelName(), null, shared.messageIds(tx));
        });
        var made = copies.copy(copy, CurrentUser.id(ctx));
        ctx.status(CREATED).header(Header.LOCATION, "/api/conversations/" + made.id()).json(made);
    }
}
