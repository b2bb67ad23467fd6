package ollamaweb.goals;

import static io.javalin.apibuilder.ApiBuilder.delete;
import static io.javalin.apibuilder.ApiBuilder.get;
import static io.javalin.apibuilder.ApiBuilder.patch;
import static io.javalin.apibuilder.ApiBuilder.path;
import static io.javalin.apibuilder.ApiBuilder.post;
import static io.javalin.apibuilder.ApiBuilder.put;
import static io.javalin.http.HttpStatus.CREATED;

import io.javalin.apibuilder.EndpointGroup;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.time.Clock;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.http.ApiException;
import ollamaweb.http.Check;
import ollamaweb.http.CurrentUser;
import ollamaweb.http.Envelope;
import ollamaweb.http.Input;
import ollamaweb.http.Page;

/** {@code /api/v1/goals}. */
public final class GoalRoutes implements EndpointGroup {

    private static final int LONGEST_WORD = 20;

    private final Database database;
    private final Clock clock;

    public GoalRoutes(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public void addEndpoints() {
        path("goals", () -> {
            post(this::create);
            get(this::list);
            path("{id}", () -> {
                get(this::show);
                put(this::update);
                patch(this::update);
                delete(this::remove);
            });
        });
    }

    record Removed(long id) {}

    private void create(Context ctx) {
        var draft = Input.body(ctx, GoalDraft.class);
        long userId = CurrentUser.id(ctx);
        var created = database.write(tx -> own(tx, tx.dao(GoalDao.class).insert(userId, draft, clock.instant()), userId));
        ctx.status(CREATED).header(Header.LOCATION, "/api/v1/goals/" + created.id()).json(Envelope.of(created, clock));
    }

    private void list(Context ctx) {
        var page = Page.of(ctx);
        var status = Input.queryText(ctx, "status", LONGEST_WORD);
        Check.query().oneOf("status", status, Goal.STATUSES).orThrow();
        long userId = CurrentUser.id(ctx);
        ctx.json(database.read(tx -> {
            var goals = tx.dao(GoalDao.class);
            var items = goals.list(userId, status, page.limit(), page.offset());
            return Envelope.of(items, goals.count(userId, status), page, clock);
        }));
    }

    private void show(Context ctx) {
        long id = Input.id(ctx);
        ctx.json(Envelope.of(database.read(tx -> own(tx, id, CurrentUser.id(ctx))), clock));
    }

    private void update(Context ctx) {
        long id = Input.id(ctx);
        long userId = CurrentUser.id(ctx);
        var change = Input.body(ctx, GoalChange.class);
        ctx.json(Envelope.of(database.write(userId, tx -> changed(tx, own(tx, id, userId), change, userId)), clock));
    }

    private void remove(Context ctx) {
        long id = Input.id(ctx);
        boolean wasThere = database.write(tx -> tx.dao(GoalDao.class).delete(id, CurrentUser.id(ctx)));
        if (!wasThere) {
            throw notFound();
        }
        ctx.json(Envelope.of(new Removed(id), clock));
    }

    /** Progress that tasks make cannot be set by hand; a client that sends back what it read says nothing new. */
    private Goal changed(Transaction tx, Goal old, GoalChange change, long userId) {
        var goals = tx.dao(GoalDao.class);
        var goal = change.of(old);
        boolean hasTasks = goals.hasTasks(old.id(), userId);
        if (hasTasks && goal.progress() != old.progress()) {
            throw ApiException.invalid("progress", "progress is computed from the goal's tasks", "value_error");
        }
        goals.update(userId, goal, hasTasks ? null : goal.progress(), clock.instant());
        return own(tx, old.id(), userId);
    }

    private static Goal own(Transaction tx, long id, long userId) {
        return tx.dao(GoalDao.class).find(id, userId).orElseThrow(GoalRoutes::notFound);
    }

    private static ApiException notFound() {
        return ApiException.notFound("Goal not found");
    }
}
