package ollamaweb.search;

import static io.javalin.apibuilder.ApiBuilder.path;
import static io.javalin.apibuilder.ApiBuilder.post;

import io.javalin.apibuilder.EndpointGroup;
import io.javalin.http.Context;
import ollamaweb.conversations.Conversation;
import ollamaweb.conversations.ConversationDao;
import ollamaweb.conversations.ConversationRoutes;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.http.CurrentUser;
import ollamaweb.http.Input;

/** {@code /api/chat/search}: finding messages by any part of their text. */
public final class SearchRoutes implements EndpointGroup {

    private final Database database;
    private final MessageIndex index;

    /** @param index of the database */
    public SearchRoutes(Database database, MessageIndex index) {
        this.database = database;
        this.index = index;
    }

    @Override
    public void addEndpoints() {
        path("chat", () -> post("search", this::search));
    }

    private void search(Context ctx) {
        var query = Input.body(ctx, SearchQuery.class);
        long userId = CurrentUser.id(ctx);
        ctx.json(database.read(tx -> index.search(tx, userId, conversation(tx, userId, query), query)));
    }

    private static Conversation conversation(Transaction tx, long userId, SearchQuery query) {
        return query.conversationId() == null
                ? null
                : tx.dao(ConversationDao.class).find(query.conversationId(), userId).orElseThrow(ConversationRoutes::notFound);
    }
}
