package ollamaweb.messages;

import static io.javalin.apibuilder.ApiBuilder.delete;
import static io.javalin.apibuilder.ApiBuilder.get;
import static io.javalin.apibuilder.ApiBuilder.path;
import static io.javalin.apibuilder.ApiBuilder.post;
import static io.javalin.apibuilder.ApiBuilder.put;

import io.javalin.apibuilder.EndpointGroup;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.Comparator;
import ollamaweb.access.AccessDao;
import ollamaweb.access.ConversationRole;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.events.ConversationEventDao;
import ollamaweb.http.ApiException;
import ollamaweb.http.Batch;
import ollamaweb.http.CurrentUser;
import ollamaweb.http.Input;
import ollamaweb.http.Page;
import ollamaweb.http.StreamedJson;
import ollamaweb.messages.MessageDao.Place;

/** {@code /api/messages}: what is done to a message by itself. */
public final class MessageRoutes implements EndpointGroup {

    private final Database database;
    private final StreamedJson documents = new StreamedJson();
    private final Clock clock;

    public MessageRoutes(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public void addEndpoints() {
        path("messages", () -> {
            get("favorites", this::favorites);
            post("batch", this::batch);
            path("{id}", () -> {
                delete(this::remove);
                put("reaction", this::react);
                put("favorite", this::favor);
                delete("favorite", this::unfavor);
            });
        });
    }

    /** @param currentMessageId the message that the conversation's path leads to now, or null */
    record Removed(boolean success, String message, long messageId, long conversationId, Long currentMessageId) {}

    record Reacted(boolean success, long messageId, String reaction) {}

    record Favored(boolean success, long messageId, boolean favorite) {}

    private void favorites(Context ctx) {
        documents.send(ctx, FavoritesDocument.of(database, CurrentUser.id(ctx), Page.of(ctx)));
    }

    /** Nobody's write has to wait for the deletion of a large tree; if the server is killed on the way, the next one ends it. */
    private void remove(Context ctx) {
        long id = Input.id(ctx);
        long userId = CurrentUser.id(ctx);
        var message = database.write(userId, tx -> {
            var found = find(tx, id, userId);
            role(tx, found, userId).requireOwner();
            markDeleted(tx, found);
            return found;
        });
        boolean more = true;
        while (more) {
            more = database.step(tx -> Subtree.deleteSome(tx, message));
        }
        var current = database.read(tx -> tx.dao(SubtreeDao.class).findCurrent(message.conversationId()));
        ctx.json(new Removed(true, "Message deleted successfully", id, message.conversationId(), current.orElse(null)));
    }

    private void react(Context ctx) {
        long id = Input.id(ctx);
        long userId = CurrentUser.id(ctx);
        var reaction = Input.body(ctx, ReactionDraft.class).reaction().orElse(null);
        database.write(userId, tx -> {
            var message = find(tx, id, userId);
            role(tx, message, userId).requireWriter();
            tx.dao(MessageDao.class).react(id, reaction);
            tx.dao(ConversationEventDao.class).messageUpdated(message.conversationId(), id, clock.instant());
            return null;
        });
        ctx.json(new Reacted(true, id, reaction));
    }

    private void favor(Context ctx) {
        long id = Input.id(ctx);
        long userId = CurrentUser.id(ctx);
        database.write(userId, tx -> {
            tx.dao(FavoriteDao.class).insert(userId, find(tx, id, userId).id());
            return null;
        });
        ctx.json(new Favored(true, id, true));
    }

    private void unfavor(Context ctx) {
        long id = Input.id(ctx);
        long userId = CurrentUser.id(ctx);
        database.write(userId, tx -> {
            tx.dao(FavoriteDao.class).delete(userId, find(tx, id, userId).id());
            return null;
        });
        ctx.json(new Favored(true, id, false));
    }

    /** The newest goes first: what hangs on another message of the batch is there until its turn comes. */
    private void batch(Context ctx) {
        var draft = Input.body(ctx, MessageBatch.class);
        long userId = CurrentUser.id(ctx);
        var ids = draft.ids().stream().sorted(Comparator.reverseOrder()).toList();
        ctx.json(Batch.run(database, ids, (tx, id) -> change(tx, find(tx, id, userId), userId, draft.action())));
    }

    /** The rows of what is deleted go in the background. */
    private void change(Transaction tx, Place message, long userId, String action) {
        switch (action) {
            case "favorite" -> tx.dao(FavoriteDao.class).insert(userId, message.id());
            case "unfavorite" -> tx.dao(FavoriteDao.class).delete(userId, message.id());
            default -> {
                role(tx, message, userId).requireOwner();
                markDeleted(tx, message);
            }
        }
    }

    private static Place find(Transaction tx, long id, long userId) {
        return tx.dao(MessageDao.class).find(id, userId).orElseThrow(MessageRoutes::notFound);
    }

    private void markDeleted(Transaction tx, Place message) {
        Subtree.markDeleted(tx, message, clock.instant());
        tx.dao(ConversationEventDao.class).messageDeleted(message.conversationId(), message.id(), clock.instant());
    }

    private static ConversationRole role(Transaction tx, Place message, long userId) {
        return tx.dao(AccessDao.class).find(message.conversationId(), userId).orElseThrow(MessageRoutes::notFound).role();
    }

    /** @return what a client hears of a message that does not exist, or not for it */
    public static ApiException notFound() {
        return ApiException.notFound("Message not found");
    }
}
