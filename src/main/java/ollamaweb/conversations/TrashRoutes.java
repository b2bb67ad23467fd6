package ollamaweb.conversations;

import static io.javalin.apibuilder.ApiBuilder.delete;
import static io.javalin.apibuilder.ApiBuilder.get;
import static io.javalin.apibuilder.ApiBuilder.path;
import static io.javalin.apibuilder.ApiBuilder.post;

import io.javalin.apibuilder.EndpointGroup;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Instant;
import ollamaweb.audit.Actor;
import ollamaweb.conversations.ConversationRoutes.ConversationPage;
import ollamaweb.conversations.ConversationRoutes.Removed;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.http.CurrentUser;
import ollamaweb.http.Input;
import ollamaweb.http.Page;
import ollamaweb.http.StreamedJson;
import ollamaweb.messages.MessageWindow;

/** {@code /api/trash}: conversations that are thrown away, and can still be had back. */
final class TrashRoutes implements EndpointGroup {

    private static final int ROWS = 50;

    private final Database database;
    private final ConversationDeletion deletion;
    private final StreamedJson documents = new StreamedJson();
    private final Clock clock;

    TrashRoutes(Database database, ConversationDeletion deletion, Clock clock) {
        this.database = database;
        this.deletion = deletion;
        this.clock = clock;
    }

    @Override
    public void addEndpoints() {
        post("conversations/{id}/trash", this::trash);
        path("trash", () -> {
            get(this::list);
            delete(this::empty);
            path("{id}", () -> {
                get(this::show);
                delete(this::remove);
                post("restore", this::restore);
            });
        });
    }

    /** @param deleted how many conversations there were */
    record Emptied(boolean success, String message, int deleted) {}

    /** An answer in the making goes on, and is there when the conversation comes back. */
    private void trash(Context ctx) {
        long id = Input.id(ctx);
        long userId = CurrentUser.id(ctx);
        database.write(userId, tx -> {
            moveToTrash(tx, id, userId, clock.instant());
            return null;
        });
        ctx.json(new Removed(true, "Conversation moved to the trash", id));
    }

    private void list(Context ctx) {
        var page = Page.of(ctx);
        long userId = CurrentUser.id(ctx);
        ctx.json(database.read(tx -> {
            var dao = tx.dao(TrashDao.class);
            long total = dao.count(userId);
            var items = dao.list(userId, page.limit(), page.offset());
            return new ConversationPage(items, total, page.page(), page.pageSize(), page.totalPages(total));
        }));
    }

    private void show(Context ctx) {
        documents.send(ctx, ConversationDocument.ofTrashed(database, Input.id(ctx), CurrentUser.id(ctx), MessageWindow.of(ctx)));
    }

    private void restore(Context ctx) {
        long id = Input.id(ctx);
        long userId = CurrentUser.id(ctx);
        ctx.json(database.write(userId, tx -> {
            restoreFromTrash(tx, id, userId);
            return tx.dao(ConversationDao.class).find(id, userId).orElseThrow();
        }));
    }

    private void remove(Context ctx) {
        long id = Input.id(ctx);
        var user = Actor.of(ctx);
        database.write(user.userId(), tx -> {
            if (!deletion.trashedOf(tx, id, user)) {
                throw ConversationRoutes.notFound();
            }
            return null;
        });
        ctx.json(new Removed(true, "Conversation deleted successfully", id));
    }

    /** What is thrown away meanwhile stays. */
    private void empty(Context ctx) {
        var user = Actor.of(ctx);
        var now = clock.instant();
        int deleted = 0;
        for (int some = ROWS; some == ROWS; deleted += some) {
            some = database.step(tx -> deleteSome(tx, user, now));
        }
        ctx.json(new Emptied(true, "Trash emptied", deleted));
    }

    private int deleteSome(Transaction tx, Actor user, Instant now) {
        var ids = tx.dao(TrashDao.class).listSome(user.userId(), now, ROWS);
        ids.forEach(id -> deletion.trashedOf(tx, id, user));
        return ids.size();
    }

    /** @throws ollamaweb.http.ApiException 404 if the user sees no such conversation outside the trash, 403 for a member of it */
    static void moveToTrash(Transaction tx, long id, long userId, Instant now) {
        ConversationRoutes.requireOwner(tx, id, userId);
        if (!tx.dao(TrashDao.class).trash(id, userId, now)) {
            throw ConversationRoutes.notFound();
        }
    }

    /** @throws ollamaweb.http.ApiException 404 if the user has no such conversation in the trash */
    static void restoreFromTrash(Transaction tx, long id, long userId) {
        if (!tx.dao(TrashDao.class).restore(id, userId)) {
            throw ConversationRoutes.notFound();
        }
    }
}
