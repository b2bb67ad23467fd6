package ollamaweb.tasks;

import static io.javalin.apibuilder.ApiBuilder.delete;
import static io.javalin.apibuilder.ApiBuilder.get;
import static io.javalin.apibuilder.ApiBuilder.path;
import static io.javalin.apibuilder.ApiBuilder.post;
import static io.javalin.http.HttpStatus.CREATED;

import io.javalin.apibuilder.EndpointGroup;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.time.Clock;
import ollamaweb.db.Database;
import ollamaweb.http.ApiException;
import ollamaweb.http.CurrentUser;
import ollamaweb.http.Envelope;
import ollamaweb.http.Input;
import ollamaweb.http.Page;

/** {@code /api/v1/tasks/{id}/reminders}. */
public final class ReminderRoutes implements EndpointGroup {

    private final Database database;
    private final Clock clock;

    public ReminderRoutes(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public void addEndpoints() {
        path("tasks/{id}/reminders", () -> {
            post(this::create);
            get(this::list);
            delete("{reminder_id}", this::remove);
        });
    }

    record Removed(long id) {}

    private void create(Context ctx) {
        long id = Input.id(ctx);
        long userId = CurrentUser.id(ctx);
        var draft = Input.body(ctx, ReminderDraft.class);
        var created = database.write(userId, tx -> {
            var task = TaskRoutes.own(tx, id, userId);
            return new Reminders(tx, userId, clock.instant()).create(task, draft);
        });
        ctx.status(CREATED)
                .header(Header.LOCATION, "/api/v1/tasks/" + id + "/reminders/" + created.id())
                .json(Envelope.of(created, clock));
    }

    private void list(Context ctx) {
        long id = Input.id(ctx);
        long userId = CurrentUser.id(ctx);
        var page = Page.of(ctx);
        ctx.json(database.read(tx -> {
            var all = tx.dao(ReminderDao.class).list(TaskRoutes.own(tx, id, userId).id(), userId);
            var items = all.stream().skip(page.offset()).limit(page.limit()).toList();
            return Envelope.of(items, all.size(), page, clock);
        }));
    }

    private void remove(Context ctx) {
        long id = Input.id(ctx);
        long reminderId = Input.id(ctx, "reminder_id");
        long userId = CurrentUser.id(ctx);
        database.write(userId, tx -> {
            if (!tx.dao(ReminderDao.class).delete(reminderId, TaskRoutes.own(tx, id, userId).id(), userId)) {
                throw ApiException.notFound("Reminder not found");
            }
            return null;
        });
        ctx.json(Envelope.of(new Removed(reminderId), clock));
    }
}
