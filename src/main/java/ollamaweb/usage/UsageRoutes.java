package ollamaweb.usage;

import static io.javalin.apibuilder.ApiBuilder.get;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.apibuilder.EndpointGroup;
import io.javalin.http.Context;
import java.util.List;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.http.CurrentUser;
import ollamaweb.http.Page;
import ollamaweb.http.Scope;
import ollamaweb.json.Json;
import ollamaweb.users.User;
import ollamaweb.users.UserDao;

/** {@code /api/usage}: what answers have cost. */
public final class UsageRoutes implements EndpointGroup {

    private final Database database;

    public UsageRoutes(Database database) {
        this.database = database;
    }

    @Override
    public void addEndpoints() {
        get("usage", this::list);
    }

    /** @param hasMore whether another page follows */
    record UsagePage(List<ObjectNode> items, int page, int pageSize, boolean hasMore) {}

    private void list(Context ctx) {
        var query = UsageQuery.of(ctx);
        var page = Page.of(ctx);
        var sums = database.read(tx -> sums(tx, CurrentUser.of(ctx), query, page));
        var shown = sums.subList(0, Math.min(page.limit(), sums.size()));
        ctx.json(new UsagePage(shown.stream().map(sum -> item(sum, query)).toList(), page.page(), page.pageSize(),
                sums.size() > shown.size()));
    }

    /** Who asks for all and is no admin gets what all is to him: his own. */
    private static List<UsageSum> sums(Transaction tx, CurrentUser user, UsageQuery query, Page page) {
        var dao = tx.dao(UsageDao.class);
        int limit = page.limit() + 1;
        boolean ofAll = query.all() && tx.dao(UserDao.class).find(user.id()).map(User::isAdmin).orElse(false);
        if (ofAll) {
            user.require(Scope.ADMIN);
        }
        return ofAll
                ? dao.listAll(query.groupBy(), query.from(), query.to(), limit, page.offset())
                : dao.list(user.id(), query.groupBy(), query.from(), query.to(), limit, page.offset());
    }

    private static ObjectNode item(UsageSum sum, UsageQuery query) {
        var item = Json.MAPPER.createObjectNode();
        if (sum.name() != null && query.isNamedById()) {
            item.put(query.field(), Long.parseLong(sum.name()));
        } else {
            item.put(query.field(), sum.name());
        }
        return item.put("answers", sum.answers())
                .put("prompt_tokens", sum.promptTokens())
                .put("answer_tokens", sum.answerTokens())
                .put("first_token_ms", sum.firstTokenMs())
                .put("duration_ms", sum.durationMs());
    }
}
