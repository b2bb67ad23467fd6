package ollamaweb.tasks;

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
import java.time.LocalDate;
import java.time.ZoneId;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.http.ApiException;
import ollamaweb.http.CurrentUser;
import ollamaweb.http.Envelope;
import ollamaweb.http.Input;
import ollamaweb.http.Page;
import ollamaweb.json.DateOrInstant;
import ollamaweb.users.TimeZoneDao;

/** {@code /api/v1/tasks}. */
public final class TaskRoutes implements EndpointGroup {

    private final Database database;
    private final TimeZoneDao timeZones;
    private final Clock clock;

    public TaskRoutes(Database database, Clock clock) {
        this.database = database;
        this.timeZones = database.reader(TimeZoneDao.class);
        this.clock = clock;
    }

    @Override
    public void addEndpoints() {
        path("tasks", () -> {
            post(this::create);
            get(this::list);
            get("today", this::today);
            path("{id}", () -> {
                get(this::show);
                put(this::update);
                patch(this::update);
                delete(this::remove);
                post("complete", this::complete);
            });
        });
    }

    record Removed(long id) {}

    private void create(Context ctx) {
        long userId = CurrentUser.id(ctx);
        var zone = zone(userId);
        var task = Input.body(ctx, TaskDraft.class).task(zone, clock.instant());
        var created = database.write(userId, tx -> {
            new TaskLinks(tx, userId).check(task);
            long id = tx.dao(TaskDao.class).insert(userId, task);
            return new Repetition(tx, userId, zone, clock.instant()).after(own(tx, id, userId));
        });
        ctx.status(CREATED).header(Header.LOCATION, "/api/v1/tasks/" + created.id()).json(Envelope.of(created, clock));
    }

    private void list(Context ctx) {
        long userId = CurrentUser.id(ctx);
        var page = Page.of(ctx);
        var filter = TaskFilter.of(ctx, zone(userId));
        ctx.json(database.read(tx -> {
            var dao = tx.dao(TaskDao.class);
            var items = dao.list(userId, filter, page.limit(), page.offset());
            return Envelope.of(items, dao.count(userId, filter), page, clock);
        }));
    }

    /** What is left to do today, where the user lives: all that is due by midnight and neither done nor cancelled. */
    private void today(Context ctx) {
        long userId = CurrentUser.id(ctx);
        var page = Page.of(ctx);
        var zone = zone(userId);
        var end = DateOrInstant.of(LocalDate.ofInstant(clock.instant(), zone)).end(zone);
        ctx.json(database.read(tx -> {
            var dao = tx.dao(TaskDao.class);
            var items = dao.listLeft(userId, end, page.limit(), page.offset());
            return Envelope.of(items, dao.countLeft(userId, end), page, clock);
        }));
    }

    private void show(Context ctx) {
        long id = Input.id(ctx);
        ctx.json(Envelope.of(database.read(tx -> own(tx, id, CurrentUser.id(ctx))), clock));
    }

    private void update(Context ctx) {
        long id = Input.id(ctx);
        long userId = CurrentUser.id(ctx);
        var change = Input.body(ctx, TaskChange.class);
        var zone = zone(userId);
        ctx.json(Envelope.of(database.write(userId, tx -> {
            var old = own(tx, id, userId);
            var task = change.of(old, zone, clock.instant());
            tx.dao(TaskDao.class).update(userId, new TaskLinks(tx, userId).check(task));
            new Reminders(tx, userId, clock.instant()).follow(old, task);
            return new Repetition(tx, userId, zone, clock.instant()).after(own(tx, id, userId));
        }), clock));
    }

    private void remove(Context ctx) {
        long id = Input.id(ctx);
        boolean wasThere = database.write(tx -> tx.dao(TaskDao.class).delete(id, CurrentUser.id(ctx)));
        if (!wasThere) {
            throw notFound();
        }
        ctx.json(Envelope.of(new Removed(id), clock));
    }

    private void complete(Context ctx) {
        long id = Input.id(ctx);
        long userId = CurrentUser.id(ctx);
        var zone = zone(userId);
        ctx.json(Envelope.of(database.write(userId, tx -> {
            switch (own(tx, id, userId).status()) {
                case Task.DONE -> throw ApiException.conflict("Task is already completed");
                case Task.CANCELLED -> throw ApiException.conflict("Task is cancelled");
                default -> tx.dao(TaskDao.class).complete(id, userId, clock.instant());
            }
            return new Repetition(tx, userId, zone, clock.instant()).after(own(tx, id, userId));
        }), clock));
    }

    /** @return where the user lives, unless the account was deleted a moment ago */
    private ZoneId zone(long userId) {
        return timeZones.find(userId).orElseThrow(() -> ApiException.unauthorized("Invalid API key"));
    }

    static Task own(Transaction tx, long id, long userId) {
        return tx.dao(TaskDao.class).find(id, userId).orElseThrow(TaskRoutes::notFound);
    }

    private static ApiException notFound() {
        return ApiException.notFound("Task not found");
    }
}
