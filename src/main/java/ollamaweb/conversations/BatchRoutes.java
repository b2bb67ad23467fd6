package ollamaweb.conversations;

import static io.javalin.apibuilder.ApiBuilder.post;

import io.javalin.apibuilder.EndpointGroup;
import io.javalin.http.Context;
import java.time.Clock;
import ollamaweb.audit.Actor;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.http.ApiException;
import ollamaweb.http.Batch;
import ollamaweb.http.Input;
import ollamaweb.http.Tags;

/** {@code /api/conversations/batch}: the same change to many conversations. */
final class BatchRoutes implements EndpointGroup {

    private final Database database;
    private final ConversationDeletion deletion;
    private final Clock clock;

    BatchRoutes(Database database, ConversationDeletion deletion, Clock clock) {
        this.database = database;
        this.deletion = deletion;
        this.clock = clock;
    }

    @Override
    public void addEndpoints() {
        post("conversations/batch", this::run);
    }

    private void run(Context ctx) {
        var draft = Input.body(ctx, BatchDraft.class);
        var user = Actor.of(ctx);
        ctx.json(Batch.run(database, draft.ids(), (tx, id) -> change(tx, id, user, draft)));
    }

    private void change(Transaction tx, long id, Actor user, BatchDraft draft) {
        long userId = user.userId();
        switch (draft.action()) {
            case "trash" -> TrashRoutes.moveToTrash(tx, id, userId, clock.instant());
            case "restore" -> TrashRoutes.restoreFromTrash(tx, id, userId);
            case "delete" -> deletion.anyOf(tx, id, user);
            default -> order(tx, id, userId, draft);
        }
    }

    private static void order(Transaction tx, long id, long userId, BatchDraft draft) {
        if (tx.dao(ConversationDao.class).find(id, userId).isEmpty()) {
            throw ConversationRoutes.notFound();
        }
        var order = tx.dao(OrderDao.class);
        switch (draft.action()) {
            case "pin" -> order.set(id, userId, true, null);
            case "unpin" -> order.set(id, userId, false, null);
            case "archive" -> order.set(id, userId, null, true);
            case "unarchive" -> order.set(id, userId, null, false);
            case "tag" -> tag(order, id, userId, draft.tag());
            default -> order.untag(id, userId, draft.tag());
        }
    }

    private static void tag(OrderDao order, long id, long userId, String tag) {
        if (order.countOthers(id, userId, tag) >= Tags.MAX_COUNT) {
            throw ApiException.conflict("A conversation can have at most " + Tags.MAX_COUNT + " tags");
        }
        order.tag(id, userId, tag);
    }
}
