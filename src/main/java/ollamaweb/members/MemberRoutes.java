package ollamaweb.members;

import static io.javalin.apibuilder.ApiBuilder.delete;
import static io.javalin.apibuilder.ApiBuilder.get;
import static io.javalin.apibuilder.ApiBuilder.patch;
import static io.javalin.apibuilder.ApiBuilder.path;
import static io.javalin.apibuilder.ApiBuilder.post;
import static io.javalin.http.HttpStatus.CREATED;

import io.javalin.apibuilder.EndpointGroup;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.time.Clock;
import java.util.List;
import ollamaweb.access.AccessDao.Access;
import ollamaweb.access.AccessDao;
import ollamaweb.conversations.ConversationRoutes;
import ollamaweb.conversations.OrderDao;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.events.ConversationEventDao;
import ollamaweb.events.ConversationEvents;
import ollamaweb.events.LastEventNumber;
import ollamaweb.http.ApiException;
import ollamaweb.http.CurrentUser;
import ollamaweb.http.Input;
import ollamaweb.http.RevokedCredentials;

/** {@code /api/conversations/{id}/members}: who else reads a conversation, and who writes in it. */
public final class MemberRoutes implements EndpointGroup {

    private static final int MOST_OF_CONVERSATION = 50;
    private static final int MOST_OF_ACCOUNT = 200;

    private final Database database;
    private final ConversationEvents events;
    private final RevokedCredentials revoked;
    private final Clock clock;

    /** @param revoked is told of memberships that have ended */
    public MemberRoutes(Database database, ConversationEvents events, RevokedCredentials revoked, Clock clock) {
        this.database = database;
        this.events = events;
        this.revoked = revoked;
        this.clock = clock;
    }

    @Override
    public void addEndpoints() {
        get("conversations/{id}/events", this::follow);
        path("conversations/{id}/members", () -> {
            get(this::list);
            post(this::create);
            path("{user_id}", () -> {
                patch(this::update);
                delete(this::remove);
            });
        });
    }

    record MemberList(List<Member> members) {}

    record Removed(boolean success, String message, long conversationId, long userId) {}

    private void list(Context ctx) {
        long id = Input.id(ctx);
        long userId = CurrentUser.id(ctx);
        ctx.json(database.read(tx -> {
            access(tx, id, userId);
            return new MemberList(tx.dao(MemberDao.class).list(id));
        }));
    }

    /** A client that comes back goes on where it was; one that comes anew begins now. */
    private void follow(Context ctx) {
        long id = Input.id(ctx);
        var user = CurrentUser.of(ctx);
        var reached = LastEventNumber.of(ctx);
        var access = database.read(tx -> access(tx, id, user.id()));
        events.follow(ctx, id, user, access.membershipId(), reached);
    }

    private void create(Context ctx) {
        long id = Input.id(ctx);
        long userId = CurrentUser.id(ctx);
        var draft = Input.body(ctx, MemberDraft.class);
        var member = database.write(userId, tx -> add(tx, id, userId, draft));
        ctx.status(CREATED).header(Header.LOCATION, "/api/conversations/" + id + "/members/" + member.userId()).json(member);
    }

    private Member add(Transaction tx, long id, long userId, MemberDraft draft) {
        access(tx, id, userId).role().requireOwner();
        var dao = tx.dao(MemberDao.class);
        long memberId = dao.findAccount(draft.userId(), draft.emailFolded()).orElseThrow(() -> ApiException.notFound("User not found"));
        if (memberId == userId) {
            throw ApiException.conflict("The owner of a conversation cannot be a member of it");
        }
        if (dao.find(id, memberId).isPresent()) {
            throw ApiException.conflict("This user is a member already");
        }
        if (dao.count(id) >= MOST_OF_CONVERSATION) {
            throw ApiException.conflict("A conversation can have at most " + MOST_OF_CONVERSATION + " members");
        }
        if (dao.countOfAccount(memberId) >= MOST_OF_ACCOUNT) {
            throw ApiException.conflict("This user is a member of " + MOST_OF_ACCOUNT + " conversations, and cannot be of more");
        }
        dao.insert(id, memberId, draft.role(), clock.instant());
        tx.dao(ConversationEventDao.class).memberJoined(id, memberId, draft.role(), clock.instant());
        return member(tx, id, memberId);
    }

    private void update(Context ctx) {
        long id = Input.id(ctx);
        long memberId = Input.id(ctx, "user_id");
        long userId = CurrentUser.id(ctx);
        var change = Input.body(ctx, RoleChange.class);
        ctx.json(database.write(userId, tx -> {
            access(tx, id, userId).role().requireOwner();
            tx.dao(MemberDao.class).update(id, memberId, change.role());
            var member = member(tx, id, memberId);
            tx.dao(ConversationEventDao.class).memberJoined(id, memberId, change.role(), clock.instant());
            return member;
        }));
    }

    /** The owner may remove all members, a member oneself. */
    private void remove(Context ctx) {
        long id = Input.id(ctx);
        long memberId = Input.id(ctx, "user_id");
        long userId = CurrentUser.id(ctx);
        long ended = database.write(userId, tx -> {
            var access = access(tx, id, userId);
            if (memberId != userId) {
                access.role().requireOwner();
            }
            tx.dao(OrderDao.class).untagAll(id, memberId);
            long membershipId = tx.dao(MemberDao.class).delete(id, memberId).orElseThrow(MemberRoutes::notFound);
            tx.dao(ConversationEventDao.class).memberLeft(id, memberId, clock.instant());
            return membershipId;
        });
        revoked.endMemberships(List.of(ended));
        ctx.json(new Removed(true, "Member removed successfully", id, memberId));
    }

    private static Access access(Transaction tx, long id, long userId) {
        return tx.dao(AccessDao.class).find(id, userId).orElseThrow(ConversationRoutes::notFound);
    }

    private static Member member(Transaction tx, long id, long memberId) {
        return tx.dao(MemberDao.class).find(id, memberId).orElseThrow(MemberRoutes::notFound);
    }

    private static ApiException notFound() {
        return ApiException.notFound("Member not found");
    }
}
