package ollamaweb.chat;

import static io.javalin.apibuilder.ApiBuilder.get;
import static io.javalin.apibuilder.ApiBuilder.path;
import static io.javalin.apibuilder.ApiBuilder.post;
import static ollamaweb.http.Role.TICKET;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.javalin.apibuilder.EndpointGroup;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import ollamaweb.auth.SecretKey;
import ollamaweb.chat.AnswerDao.Stored;
import ollamaweb.db.Database;
import ollamaweb.http.ApiException;
import ollamaweb.http.CurrentUser;
import ollamaweb.http.ErrorHandling;
import ollamaweb.http.EventFrames;
import ollamaweb.http.Input;
import ollamaweb.json.Json;

/** {@code /api/chat}: asking, following, stopping. */
public final class ChatRoutes implements EndpointGroup {

    private static final String LAST_EVENT_ID = "Last-Event-ID";

    private final Replies replies;
    private final AnswerDao answers;
    private final Tickets tickets;

    public ChatRoutes(Replies replies, Database database, SecretKey secret, Clock clock) {
        this.replies = replies;
        this.answers = database.reader(AnswerDao.class);
        this.tickets = new Tickets(secret, clock);
    }

    @Override
    public void addEndpoints() {
        path("chat", () -> {
            post("stream", this::ask);
            get("stream/{message_id}", this::follow, TICKET);
            post("stream/{message_id}/ticket", this::issueTicket);
            post("{message_id}/stop", this::stop);
        });
    }

    record ConversationCreated(long conversationId) {}

    record MessageCreated(long messageId, String role, long answerId) {}

    /** The answer to {@code "stream": false}. */
    record Whole(long conversationId, long messageId, String content, Integer tokensUsed,
            @JsonInclude(JsonInclude.Include.NON_NULL) Boolean stopped) {}

    record Stopped(boolean success, String message, long messageId, String status) {}

    private void ask(Context ctx) {
        var draft = Input.body(ctx, ChatDraft.class);
        var reply = replies.ask(CurrentUser.id(ctx), draft);
        if (draft.stream()) {
            Follower.open(ctx, reply, reply.newFrom(), frames -> writeOpening(frames, reply.question()));
        } else {
            ctx.future(() -> reply.saved().thenAccept(ending -> ctx.json(whole(reply, ending))));
        }
    }

    private void follow(Context ctx) {
        long id = Input.id(ctx, "message_id");
        long userId = follower(ctx, id);
        var lastEventId = lastEventId(ctx);
        var answer = answer(id, userId);
        if (Follower.END_ID.equals(lastEventId) && answer.ending() != null) {
            ctx.status(HttpStatus.NO_CONTENT);
            return;
        }
        Follower.resume(ctx, answer, lastEventId == null ? 0 : Input.place(LAST_EVENT_ID, lastEventId));
    }

    private void issueTicket(Context ctx) {
        long id = Input.id(ctx, "message_id");
        long userId = CurrentUser.id(ctx);
        answer(id, userId);
        ctx.json(tickets.issue(userId, id));
    }

    private void stop(Context ctx) {
        long id = Input.id(ctx, "message_id");
        long userId = CurrentUser.id(ctx);
        var reply = replies.find(id, userId);
        if (reply.isEmpty()) {
            ctx.json(stopped(id, stored(id, userId).status()));
            return;
        }
        reply.get().end(Ending.stopped());
        ctx.future(() -> reply.get().saved().thenAccept(ending -> ctx.json(stopped(id, ending.status()))));
    }

    /** A browser that reconnects sends the header; a page that opens a new stream with a new ticket can only write a URL. */
    private static String lastEventId(Context ctx) {
        var header = ctx.header(LAST_EVENT_ID);
        return header != null && !header.isEmpty() ? header : Input.queryText(ctx, "last_event_id", 20);
    }

    private static void writeOpening(EventFrames frames, Question question) {
        if (question.isNewConversation()) {
            frames.event("conversation_created", Json.write(new ConversationCreated(question.conversationId())));
        }
        frames.event("message_created", Json.write(new MessageCreated(question.messageId(), "user", question.answerId())));
    }

    private static Whole whole(Reply reply, Ending ending) {
        if (ending.failure() != null) {
            throw ErrorHandling.fromOllama(ending.failure());
        }
        if (ending.error() != null) {
            throw ApiException.unavailable(ending.error());
        }
        return new Whole(reply.question().conversationId(), reply.id(), reply.log().text(reply.newFrom(), reply.log().end()),
                ending.tokensUsed(), ending.isStopped() ? true : null);
    }

    private static Stopped stopped(long id, String status) {
        return new Stopped(true, status.equals(Ending.INTERRUPTED) ? "Answer stopped" : "Answer has already ended", id, status);
    }

    /** @return whoever is signed in, or holds a ticket for this stream */
    private long follower(Context ctx, long messageId) {
        var user = CurrentUser.find(ctx);
        if (user != null) {
            return user.id();
        }
        var ticket = ctx.queryParam("ticket");
        if (ticket == null) {
            throw ApiException.unauthorized("API key is required");
        }
        return tickets.holder(ticket, messageId).orElseThrow(() -> ApiException.unauthorized("Invalid ticket"));
    }

    private Answer answer(long id, long userId) {
        Answer running = replies.find(id, userId).orElse(null);
        return running != null ? running : ended(stored(id, userId));
    }

    private Stored stored(long id, long userId) {
        return answers.find(id, userId).orElseThrow(() -> ApiException.notFound("Message not found"));
    }

    private static Answer ended(Stored answer) {
        boolean stoppedByUser = answer.status().equals(Ending.INTERRUPTED) && answer.error() == null;
        var error = answer.error() != null || answer.status().equals(Ending.COMPLETE) || stoppedByUser
                ? answer.error()
                : "The answer is incomplete";
        return new Answer.Stored(answer.id(), TokenLog.of(answer.content()),
                new Ending(answer.status(), answer.tokensUsed(), error, null));
    }
}
