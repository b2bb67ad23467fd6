package ollamaweb.prompts;

import static io.javalin.apibuilder.ApiBuilder.delete;
import static io.javalin.apibuilder.ApiBuilder.get;
import static io.javalin.apibuilder.ApiBuilder.patch;
import static io.javalin.apibuilder.ApiBuilder.path;
import static io.javalin.apibuilder.ApiBuilder.post;

import io.javalin.apibuilder.EndpointGroup;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.util.List;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.http.ApiException;
import ollamaweb.http.CurrentUser;
import ollamaweb.http.Input;
import ollamaweb.http.Page;

/** {@code /api/prompts}: prompts to start from, those that come with the server and those that an account keeps. */
public final class PromptRoutes implements EndpointGroup {

    private final List<Template> templates = Template.all();
    private final Database database;
    private final Clock clock;

    public PromptRoutes(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public void addEndpoints() {
        path("prompts", () -> {
            get("templates", this::listTemplates);
            get(this::list);
            post(this::create);
            path("{id}", () -> {
                get(this::show);
                patch(this::update);
                delete(this::remove);
            });
        });
    }

    record TemplateList(List<Template> templates, int total) {}

    record PromptList(List<Prompt> prompts, long total, int page, int pageSize, long totalPages) {}

    record Removed(boolean success, String message, long promptId) {}

    private void listTemplates(Context ctx) {
        ctx.json(new TemplateList(templates, templates.size()));
    }

    private void list(Context ctx) {
        var page = Page.of(ctx);
        long userId = CurrentUser.id(ctx);
        ctx.json(database.read(tx -> {
            var prompts = tx.dao(PromptDao.class);
            long total = prompts.count(userId);
            return new PromptList(prompts.list(userId, page.limit(), page.offset()), total, page.page(), page.pageSize(),
                    page.totalPages(total));
        }));
    }

    private void create(Context ctx) {
        var draft = Input.body(ctx, PromptDraft.class);
        long userId = CurrentUser.id(ctx);
        var made = database.write(userId, tx -> {
            var prompts = tx.dao(PromptDao.class);
            if (prompts.count(userId) >= PromptArchive.MOST) {
                throw ApiException.conflict(PromptArchive.TOO_MANY);
            }
            return own(tx, prompts.insert(userId, draft, clock.instant()), userId);
        });
        ctx.status(HttpStatus.CREATED).header(Header.LOCATION, "/api/prompts/" + made.id()).json(made);
    }

    private void show(Context ctx) {
        long id = Input.id(ctx);
        ctx.json(database.read(tx -> own(tx, id, CurrentUser.id(ctx))));
    }

    private void update(Context ctx) {
        long id = Input.id(ctx);
        long userId = CurrentUser.id(ctx);
        var change = Input.body(ctx, PromptChange.class);
        ctx.json(database.write(userId, tx -> {
            tx.dao(PromptDao.class).update(id, userId, change.of(own(tx, id, userId)), clock.instant());
            return own(tx, id, userId);
        }));
    }

    private void remove(Context ctx) {
        long id = Input.id(ctx);
        if (!database.write(tx -> tx.dao(PromptDao.class).delete(id, CurrentUser.id(ctx)))) {
            throw notFound();
        }
        ctx.json(new Removed(true, "Prompt deleted successfully", id));
    }

    private static Prompt own(Transaction tx, long id, long userId) {
        return tx.dao(PromptDao.class).find(id, userId).orElseThrow(PromptRoutes::notFound);
    }

    private static ApiException notFound() {
        return ApiException.notFound("Prompt not found");
    }
}
