package ollamaweb.imports;

import static io.javalin.apibuilder.ApiBuilder.delete;
import static io.javalin.apibuilder.ApiBuilder.get;
import static io.javalin.apibuilder.ApiBuilder.path;
import static io.javalin.apibuilder.ApiBuilder.post;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.javalin.apibuilder.EndpointGroup;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.util.List;
import java.util.function.LongSupplier;
import ollamaweb.db.Database;
import ollamaweb.http.ApiException;
import ollamaweb.http.BodyLimit;
import ollamaweb.http.CurrentUser;
import ollamaweb.http.Input;
import ollamaweb.http.MultipartFile;
import ollamaweb.http.Page;

/** {@code /api/import}: conversations of other programs, and of this one, as files. */
public final class ImportRoutes implements EndpointGroup {

    /** What multipart has around a file. */
    private static final int ENVELOPE_BYTES = 64 * 1024;

    private final Database database;
    private final ImportDao imports;
    private final Imports reader;
    private final ImportQueue queue;
    private final long maxBytes;
    private final Clock clock;

    /**
     * @param maxBytes how large a file may be
     * @param serverId tells the id of this server, which changes when it was taken for gone
     */
    public ImportRoutes(Database database, Imports reader, long maxBytes, LongSupplier serverId, Clock clock) {
        this.database = database;
        this.imports = database.reader(ImportDao.class);
        this.reader = reader;
        this.maxBytes = maxBytes;
        this.queue = new ImportQueue(database, maxBytes, serverId, clock);
        this.clock = clock;
    }

    @Override
    public void addEndpoints() {
        path("import", () -> {
            post(this::create, BodyLimit.upload(maxBytes + ENVELOPE_BYTES));
            get(this::list);
            path("{id}", () -> {
                get(this::show);
                delete(this::cancel);
            });
        });
    }

    record Created(long id) {}

    record Listed(List<Import> imports, long total, int page, int pageSize, long totalPages) {}

    /** @param report a page of it, see {@link Page} */
    record Shown(@JsonUnwrapped Import told, List<ImportItem> report, int page, int pageSize, long totalPages) {}

    private void create(Context ctx) {
        long userId = CurrentUser.id(ctx);
        boolean dryRun = Input.queryFlag(ctx, "dry_run");
        long id = queue.add(userId, dryRun, out -> MultipartFile.read(ctx, "file", out));
        reader.signalWork();
        ctx.status(HttpStatus.ACCEPTED).header(Header.LOCATION, "/api/import/" + id).json(new Created(id));
    }

    private void list(Context ctx) {
        var page = Page.of(ctx);
        long userId = CurrentUser.id(ctx);
        ctx.json(database.read(tx -> {
            var dao = tx.dao(ImportDao.class);
            long total = dao.count(userId);
            return new Listed(dao.list(userId, page.limit(), page.offset()), total, page.page(), page.pageSize(), page.totalPages(total));
        }));
    }

    private void show(Context ctx) {
        var page = Page.of(ctx);
        ctx.json(database.read(tx -> {
            var dao = tx.dao(ImportDao.class);
            var found = dao.find(Input.id(ctx), CurrentUser.id(ctx)).orElseThrow(ImportRoutes::notFound);
            return new Shown(found, dao.items(found.id(), page.offset(), page.limit()), page.page(), page.pageSize(),
                    page.totalPages(found.done()));
        }));
    }

    /** What is in stays. */
    private void cancel(Context ctx) {
        long id = Input.id(ctx);
        long userId = CurrentUser.id(ctx);
        database.write(userId, tx -> {
            var dao = tx.dao(ImportDao.class);
            var unused = dao.find(id, userId).orElseThrow(ImportRoutes::notFound);
            return dao.cancel(id, userId, clock.instant());
        });
        ctx.json(imports.find(id, userId).orElseThrow(ImportRoutes::notFound));
    }

    private static ApiException notFound() {
        return ApiException.notFound("Import not found");
    }
}
