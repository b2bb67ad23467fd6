package ollamaweb.audit;

import static io.javalin.apibuilder.ApiBuilder.get;
import static ollamaweb.http.Role.ADMIN;

import io.javalin.apibuilder.EndpointGroup;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.function.Consumer;
import ollamaweb.db.Database;
import ollamaweb.http.Envelope;
import ollamaweb.http.Page;

/** {@code /api/v1/admin/audit}: what was done to accounts, newest first. */
public final class AuditRoutes implements EndpointGroup {

    private final Database database;
    private final Consumer<Context> requireAdmin;
    private final Clock clock;

    /** @param requireAdmin refuses everybody else */
    public AuditRoutes(Database database, Consumer<Context> requireAdmin, Clock clock) {
        this.database = database;
        this.requireAdmin = requireAdmin;
        this.clock = clock;
    }

    @Override
    public void addEndpoints() {
        get("admin/audit", this::list, ADMIN);
    }

    private void list(Context ctx) {
        requireAdmin.accept(ctx);
        var page = Page.of(ctx);
        var filter = AuditFilter.of(ctx);
        ctx.json(database.read(tx -> {
            var dao = tx.dao(AuditDao.class);
            return Envelope.of(dao.list(filter, page.limit(), page.offset()).stream().map(AuditDao.Row::shown).toList(), dao.count(filter),
                    page, clock);
        }));
    }
}
