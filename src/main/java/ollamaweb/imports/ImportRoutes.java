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
import ollamaweb.json.Excerpt;
import ollamaweb.json.Texts;

/** {@code /api/import}: conversations of other programs, and of this one, as files. */
public final class ImportRoutes implements EndpointGroup {

    /** What multipart has around a file. */
    private static final int ENVELOPE_BYTES = 64 * 1024;
    private static final int MOST_OPEN_OF_ACCOUNT = 3;
    private static final int MOST_OPEN = 20;
    private static final int RETRY_SECONDS = 10;
    private static final int MAX_NAME = 200;

    private final Database database;
    private final ImportDao imports;
    private final Imports reader;
    private final long maxBytes;
    private final LongSupplier serverId;
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
        this.serverId = serverId;
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
        long server = serverId.getAsLong();
        long id = database.write(userId, tx -> {
            var dao = tx.dao(ImportDao.class);
            if (dao.countOpen(userId) >= MOST_OPEN_OF_ACCOUNT) {
                throw ApiException.tooManyRequests("At most " + MOST_OPEN_OF_ACCOUNT + " imports of an account can wait", RETRY_SECONDS);
            }
            if (dao.countOpen() >= MOST_OPEN) {
                throw ApiException.busy("Too many imports are waiting, please try again", RETRY_SECONDS);
            }
            return dao.begin(userId, server, dryRun, clock.instant());
        });
        try {
            takeIn(ctx, id, server);
        } catch (RuntimeException | Error e) {
            var unused = database.submit(tx -> {
                tx.dao(ImportDao.class).abandon(id);
                return null;
            });
            throw e;
        }
        reader.signalWork();
        ctx.status(HttpStatus.ACCEPTED).header(Header.LOCATION, "/api/import/" + id).json(new Created(id));
    }

    private void takeIn(Context ctx, long id, long server) {
        var file = new IncomingImport(database, id, maxBytes);
        var name = MultipartFile.read(ctx, "file", file);
        long size = file.end();
        if (size == 0) {
            throw ApiException.invalid("file", "must not be empty", "value_error");
        }
        if (!database.write(CurrentUser.id(ctx), tx -> tx.dao(ImportDao.class).queue(id, server, nameOf(name), size))) {
            throw ApiException.busy("The server was away for too long, please try again", 1);
        }
    }

    /** Without folders and control characters, and not endless. */
    private static String nameOf(String given) {
        var plain = Texts.keepable(given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1))
                .replaceAll("\\p{Cc}+", " ").strip();
        return Excerpt.cut(plain, MAX_NAME);
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
