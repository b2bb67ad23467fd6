package ollamaweb.conversations;

import static io.javalin.apibuilder.ApiBuilder.delete;
import static io.javalin.apibuilder.ApiBuilder.get;
import static io.javalin.apibuilder.ApiBuilder.path;
import static io.javalin.apibuilder.ApiBuilder.post;
import static io.javalin.apibuilder.ApiBuilder.put;
import static io.javalin.http.HttpStatus.CREATED;

import io.javalin.apibuilder.EndpointGroup;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.time.Clock;
import java.util.function.LongSupplier;
import java.util.List;
import ollamaweb.access.AccessDao;
import ollamaweb.audit.Actor;
import ollamaweb.audit.AuditLog;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.events.ConversationEventDao;
import ollamaweb.http.ApiException;
import ollamaweb.http.CurrentUser;
import ollamaweb.http.Input;
import ollamaweb.http.Page;
import ollamaweb.http.StreamedJson;
import ollamaweb.http.Tags;
import ollamaweb.json.Texts;
import ollamaweb.messages.MessageDao;
import ollamaweb.messages.MessageRoutes;
import ollamaweb.messages.MessageWindow;

/** {@code /api/conversations}. */
public final class ConversationRoutes implements EndpointGroup {

    private final Database database;
    private final ConversationDeletion deletion;
    private final StreamedJson documents = new StreamedJson();
    private final Clock clock;
    private final ConversationFork forks;

    /** @param serverId tells the id of this server, which changes when it was taken for gone */
    public ConversationRoutes(Database database, AuditLog audit, LongSupplier serverId, Clock clock) {
        this.database = database;
        this.deletion = new ConversationDeletion(audit);
        this.clock = clock;
        this.forks = new ConversationFork(database, serverId, clock);
    }

    @Override
    public void addEndpoints() {
        new BatchRoutes(database, deletion, clock).addEndpoints();
        new TrashRoutes(database, deletion, clock).addEndpoints();
        path("conversations", () -> {
            post(this::create);
            get(this::list);
            path("{id}", () -> {
                get(this::show);
                put(this::update);
                delete(this::remove);
                post("fork", this::fork);
            });
        });
    }

    record ConversationPage(List<Conversation> conversations, long total, int page, int pageSize, long totalPages) {}

    /** @param messageId the last message to be copied; null: the one that the path leads to */
    record ForkDraft(Long messageId) {}

    record Removed(boolean success, String message, long conversationId) {}

    private void create(Context ctx) {
        var draft = Input.body(ctx, ConversationDraft.class);
        long userId = CurrentUser.id(ctx);
        var now = clock.instant();
        var created = database.write(tx -> {
            var dao = tx.dao(ConversationDao.class);
            long id = dao.insert(userId, draft.title(), Texts.fold(draft.title()), draft.modelName(), draft.systemPrompt(), now, now);
            return dao.find(id, userId).orElseThrow();
        });
        ctx.status(CREATED).header(Header.LOCATION, "/api/conversations/" + created.id()).json(created);
    }

    private void list(Context ctx) {
        var page = Page.of(ctx);
        var filter = ConversationFilter.of(ctx, clock.instant());
        long userId = CurrentUser.id(ctx);
        ctx.json(database.read(tx -> {
            var dao = tx.dao(ConversationDao.class);
            boolean hasJoined = dao.hasJoined(userId);
            boolean isCurrent = !hasJoined && filter.isOfCurrent();
            long total = isCurrent ? dao.countCurrent(userId) : dao.count(userId, filter);
            var items = isCurrent ? dao.listCurrent(userId, page.limit(), page.offset())
                    : hasJoined ? dao.list(userId, filter, page.limit(), page.offset())
                            : dao.listOwn(userId, filter, page.limit(), page.offset());
            return new ConversationPage(items, total, page.page(), page.pageSize(), page.totalPages(total));
        }));
    }

    private void show(Context ctx) {
        long id = Input.id(ctx);
        if (Input.queryFlag(ctx, "all")) {
            documents.send(ctx, ConversationDocument.ofTree(database, id, CurrentUser.id(ctx)));
        } else {
            send(ctx, id, CurrentUser.id(ctx), MessageWindow.of(ctx));
        }
    }

    private void update(Context ctx) {
        long id = Input.id(ctx);
        long userId = CurrentUser.id(ctx);
        var change = Input.body(ctx, ConversationChange.class);
        database.write(userId, tx -> {
            var dao = tx.dao(ConversationDao.class);
            var order = tx.dao(OrderDao.class);
            var old = dao.find(id, userId).orElseThrow(ConversationRoutes::notFound);
            if (!change.isOnlyOrder()) {
                old.role().requireWriter();
            }
            var title = change.title() == null ? old.title() : change.title();
            var modelName = change.modelName() == null ? old.modelName() : change.modelName();
            var systemPrompt = change.systemPrompt() == null ? old.systemPrompt() : change.systemPrompt().orElse(null);
            if (change.currentMessageId() != null) {
                dao.follow(id, tx.dao(MessageDao.class).findIn(id, change.currentMessageId()).orElseThrow(MessageRoutes::notFound).id());
            }
            order.set(id, userId, change.pinned(), change.archived());
            if (change.tags() != null) {
                order.replaceTags(id, userId, change.tags().orElse(Tags.NONE).names());
            }
            if (!change.isOnlyOrder()) {
                dao.update(id, userId, title, Texts.fold(title), modelName, systemPrompt, clock.instant());
                tx.dao(ConversationEventDao.class).conversationUpdated(id, clock.instant());
            }
            return null;
        });
        send(ctx, id, userId, MessageWindow.NEWEST);
    }

    private void remove(Context ctx) {
        long id = Input.id(ctx);
        var user = Actor.of(ctx);
        database.write(user.userId(), tx -> {
            deletion.of(tx, id, user);
            return null;
        });
        ctx.json(new Removed(true, "Conversation deleted successfully", id));
    }

    private void fork(Context ctx) {
        long userId = CurrentUser.id(ctx);
        var draft = Input.bodyOrEmpty(ctx, ForkDraft.class);
        var copy = forks.copy(Input.id(ctx), userId, draft.messageId());
        ctx.status(CREATED).header(Header.LOCATION, "/api/conversations/" + copy.id()).json(copy);
    }

    private void send(Context ctx, long id, long userId, MessageWindow window) {
        documents.send(ctx, ConversationDocument.of(database, id, userId, window));
    }

    /** @throws ApiException 404 if the user sees no such conversation, 403 for a member of it */
    public static void requireOwner(Transaction tx, long id, long userId) {
        tx.dao(AccessDao.class).find(id, userId).orElseThrow(ConversationRoutes::notFound).role().requireOwner();
    }

    /** @return what a client hears of a conversation that does not exist, or not for it */
    public static ApiException notFound() {
        return ApiException.notFound("Conversation not found");
    }
}
