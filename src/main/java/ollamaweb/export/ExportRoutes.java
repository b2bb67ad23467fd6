package ollamaweb.export;

import static io.javalin.apibuilder.ApiBuilder.get;
import static io.javalin.apibuilder.ApiBuilder.path;
import static io.javalin.apibuilder.ApiBuilder.post;

import io.javalin.apibuilder.EndpointGroup;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.time.Clock;
import java.util.function.LongSupplier;
import ollamaweb.conversations.ConversationLimits;
import ollamaweb.db.Database;
import ollamaweb.files.FileStore;
import ollamaweb.http.BodyLimit;
import ollamaweb.http.CurrentUser;
import ollamaweb.http.Input;

/** {@code /api/export}: conversations as files, and back. */
public final class ExportRoutes implements EndpointGroup {

    private static final BodyLimit IMPORT_LIMIT = BodyLimit.json(16 * 1024 * 1024);

    private final ExportFiles exports;
    private final Importer importer;
    private final ConversationLimits limits;
    private final Clock clock;

    public ExportRoutes(Database database, FileStore files, ConversationLimits limits, LongSupplier serverId, Clock clock) {
        this.limits = limits;
        this.exports = new ExportFiles(database);
        this.importer = new Importer(database, files, serverId, clock);
        this.clock = clock;
    }

    @Override
    public void addEndpoints() {
        path("export/conversations", () -> {
            get("{id}/json", this::json);
            get("{id}/markdown", this::markdown);
            post("import", this::importOne, IMPORT_LIMIT);
        });
    }

    record Imported(boolean success, String message, long conversationId, int importedMessages) {}

    private void json(Context ctx) {
        attach(ctx, new JsonExport(clock.instant()));
    }

    private void markdown(Context ctx) {
        attach(ctx, new MarkdownExport());
    }

    private void importOne(Context ctx) {
        var draft = Input.body(ctx, ImportDraft.class);
        int count = draft.messages().size();
        limits.requireRoom(0, count);
        long id = importer.run(CurrentUser.id(ctx), draft);
        ctx.json(new Imported(true, "Successfully imported conversation with " + count + " messages", id, count));
    }

    private void attach(Context ctx, ExportFormat format) {
        long id = Input.id(ctx);
        var file = exports.open(id, CurrentUser.id(ctx), format);
        ctx.contentType(format.contentType())
                .header(Header.CONTENT_DISPOSITION, "attachment; filename=\"conversation_" + id + "." + format.extension() + "\"")
                .result(file);
    }
}
