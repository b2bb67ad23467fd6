package ollamaweb.export;

import static io.javalin.apibuilder.ApiBuilder.get;
import static io.javalin.apibuilder.ApiBuilder.path;
import static io.javalin.apibuilder.ApiBuilder.post;

import io.javalin.apibuilder.EndpointGroup;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.time.Clock;
import java.time.Instant;
import ollamaweb.conversations.ConversationDao;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.http.BodyLimit;
import ollamaweb.http.CurrentUser;
import ollamaweb.http.Input;
import ollamaweb.json.Texts;

/** {@code /api/export}: conversations as files, and back. */
public final class ExportRoutes implements EndpointGroup {

    private static final BodyLimit IMPORT_LIMIT = BodyLimit.json(16 * 1024 * 1024);

    private final Database database;
    private final ExportFiles files;
    private final Clock clock;

    public ExportRoutes(Database database, Clock clock) {
        this.database = database;
        this.files = new ExportFiles(database);
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
        long userId = CurrentUser.id(ctx);
        long id = database.write(tx -> insert(tx, userId, draft, clock.instant()));
        int count = draft.messages().size();
        ctx.json(new Imported(true, "Successfully imported conversation with " + count + " messages", id, count));
    }

    private static long insert(Transaction tx, long userId, ImportDraft draft, Instant now) {
        long id = tx.dao(ConversationDao.class).insert(userId, draft.title(), Texts.fold(draft.title()), draft.modelName(),
                draft.systemPrompt(), draft.createdAt().orElse(now), draft.updatedAt().orElse(now));
        tx.dao(ImportDao.class).insert(id, draft.messages(), now);
        return id;
    }

    private void attach(Context ctx, ExportFormat format) {
        long id = Input.id(ctx);
        var file = files.open(id, CurrentUser.id(ctx), format);
        ctx.contentType(format.contentType())
                .header(Header.CONTENT_DISPOSITION, "attachment; filename=\"conversation_" + id + "." + format.extension() + "\"")
                .result(file);
    }
}
