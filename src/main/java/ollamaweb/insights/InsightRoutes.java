package ollamaweb.insights;

import static io.javalin.apibuilder.ApiBuilder.delete;
import static io.javalin.apibuilder.ApiBuilder.get;
import static io.javalin.apibuilder.ApiBuilder.path;
import static io.javalin.apibuilder.ApiBuilder.post;
import static io.javalin.http.HttpStatus.ACCEPTED;

import io.javalin.apibuilder.EndpointGroup;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.time.Clock;
import java.time.Duration;
import ollamaweb.db.Database;
import ollamaweb.http.ApiException;
import ollamaweb.http.Check;
import ollamaweb.http.CurrentUser;
import ollamaweb.http.Envelope;
import ollamaweb.http.Input;
import ollamaweb.http.Page;

/** {@code /api/v1/insights}: texts about the user's own things, written in the background. */
public final class InsightRoutes implements EndpointGroup {

    private static final int MAX_WAIT_SECONDS = 60;

    private final Database database;
    private final InsightDao insights;
    private final InsightWorker worker;
    private final Clock clock;

    public InsightRoutes(Database database, InsightWorker worker, Clock clock) {
        this.database = database;
        this.insights = database.reader(InsightDao.class);
        this.worker = worker;
        this.clock = clock;
    }

    @Override
    public void addEndpoints() {
        path("insights", () -> {
            post(this::create);
            get(this::list);
            path("{id}", () -> {
                get(this::show);
                delete(this::remove);
            });
        });
    }

    /** What a deletion answers. */
    record Removed(long id) {}

    private void create(Context ctx) {
        var draft = Input.body(ctx, InsightDraft.class);
        var timeout = timeout(ctx);
        long userId = CurrentUser.id(ctx);
        long id = database.write(userId, tx -> new InsightRequest(tx, userId, draft, clock.instant()).place());
        worker.signalWork();
        ctx.header(Header.LOCATION, "/api/v1/insights/" + id);
        answer(ctx, id, timeout);
    }

    private void list(Context ctx) {
        var page = Page.of(ctx);
        var filter = filter(ctx);
        long userId = CurrentUser.id(ctx);
        ctx.json(database.read(tx -> {
            var dao = tx.dao(InsightDao.class);
            var items = dao.list(userId, filter, page.limit(), page.offset());
            return Envelope.of(items, dao.count(userId, filter), page, clock);
        }));
    }

    private void show(Context ctx) {
        ctx.json(Envelope.of(own(ctx, Input.id(ctx)), clock));
    }

    private void remove(Context ctx) {
        long id = Input.id(ctx);
        boolean wasThere = database.write(tx -> tx.dao(InsightDao.class).delete(id, CurrentUser.id(ctx)));
        if (!wasThere) {
            throw notFound();
        }
        worker.forget(id);
        ctx.json(Envelope.of(new Removed(id), clock));
    }

    /** As soon as it has ended, or when the caller's time to wait has passed. */
    private void answer(Context ctx, long id, Duration timeout) {
        if (timeout.isZero()) {
            answer(ctx, own(ctx, id));
        } else {
            ctx.future(() -> worker.ending(id, timeout).thenRun(() -> answer(ctx, own(ctx, id))));
        }
    }

    private void answer(Context ctx, Insight insight) {
        if (insight.isPending()) {
            ctx.status(ACCEPTED);
        }
        ctx.json(Envelope.of(insight, clock));
    }

    private Insight own(Context ctx, long id) {
        return insights.find(id, CurrentUser.id(ctx)).orElseThrow(InsightRoutes::notFound);
    }

    private static InsightDao.Filter filter(Context ctx) {
        var kind = Input.queryText(ctx, "kind", 50);
        var status = Input.queryText(ctx, "status", 50);
        Check.query()
                .oneOf("kind", kind, InsightKind.names())
                .oneOf("status", status, Insight.PENDING, Insight.READY, Insight.FAILED)
                .orThrow();
        return new InsightDao.Filter(kind, status);
    }

    private static Duration timeout(Context ctx) {
        int seconds = Input.queryInt(ctx, "wait", 0);
        Check.query().range("wait", seconds, 0, MAX_WAIT_SECONDS).orThrow();
        return Duration.ofSeconds(seconds);
    }

    private static ApiException notFound() {
        return ApiException.notFound("Insight not found");
    }
}
