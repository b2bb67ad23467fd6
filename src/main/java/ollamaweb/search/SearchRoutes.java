package ollamaweb.search;

import static io.javalin.apibuilder.ApiBuilder.path;
import static io.javalin.apibuilder.ApiBuilder.post;
import static ollamaweb.http.Role.LOOK;

import io.javalin.apibuilder.EndpointGroup;
import io.javalin.http.Context;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import ollamaweb.conversations.Conversation;
import ollamaweb.conversations.ConversationDao;
import ollamaweb.conversations.ConversationRoutes;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.http.CurrentUser;
import ollamaweb.http.Input;
import ollamaweb.messages.PathDao;

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
        path("chat", () -> post("search", this::search, LOOK));
    }

    /** @param nextCursor null at the end */
    record HitPage(List<SearchHit> items, String nextCursor) {}

    private void search(Context ctx) {
        var query = Input.body(ctx, SearchQuery.class);
        long userId = CurrentUser.id(ctx);
        ctx.json(database.read(tx -> {
            var conversation = conversation(tx, userId, query);
            var scope = new SearchScope(index, tx, userId);
            return query.isPaged()
                    ? page(tx, scope.search(query.search(query.limit() + 1), conversation), query.limit())
                    : withBranches(tx, scope.search(query.search(query.limit()), conversation));
        }));
    }

    /** @param hits one more than are shown, which tells whether there is more */
    private static HitPage page(Transaction tx, List<SearchHit> hits, int limit) {
        var shown = withBranches(tx, hits.subList(0, Math.min(limit, hits.size())));
        return new HitPage(shown, hits.size() > limit ? SearchQuery.after(shown.get(limit - 1)) : null);
    }

    /** The path of each conversation is walked once, back to the oldest message that was found in it. */
    private static List<SearchHit> withBranches(Transaction tx, List<SearchHit> hits) {
        var paths = tx.dao(PathDao.class);
        var shown = new HashSet<Long>();
        hits.stream()
                .collect(Collectors.groupingBy(SearchHit::conversationId, Collectors.summarizingLong(SearchHit::messageId)))
                .forEach((conversation, found) -> shown.addAll(paths.currentIdsBetween(conversation, found.getMin(), found.getMax())));
        return hits.stream().map(hit -> hit.onCurrentPath(shown.contains(hit.messageId()))).toList();
    }

    private static Conversation conversation(Transaction tx, long userId, SearchQuery query) {
        return query.conversationId() == null
                ? null
                : tx.dao(ConversationDao.class).find(query.conversationId(), userId).orElseThrow(ConversationRoutes::notFound);
    }
}
