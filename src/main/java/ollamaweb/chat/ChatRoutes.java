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
import ollamaweb.auth.StoredCredentials;
import ollamaweb.chat.AnswerDao.Stored;
import ollamaweb.conversations.MessageDao;
import ollamaweb.db.Database;
import ollamaweb.http.ApiException;
import ollamaweb.http.CurrentUser;
import ollamaweb.http.ErrorHandling;
import ollamaweb.http.EventFrames;
import ollamaweb.http.Input;
import ollamaweb.http.OpenStreams;
import ollamaweb.json.Json;

/** {@code /api/chat}: asking, following, stopping. */
public final class ChatRoutes implements EndpointGroup {

    private static final String LAST_EVENT_ID = "Last-Event-ID";

    private final Replies replies;
    private final AnswerDao answers;
    private final MessageDao messages;
    private final OpenStreams streams;
    private final StoredCredentials credentials;
    private final Tickets tickets;

    public ChatRoutes(Replies replies, Database database, OpenStreams streams, StoredCredentials credentials, SecretKey secret,
            Clock clock) {
        this.replies = replies;
        this.answers = database.reader(AnswerDao.class);
        this.messages = database.reader(MessageDao.class);
        this.streams = streams;
        this.credentials = credentials;
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
            Follower.of(reply, reply.newFrom(), frames -> writeOpening(frames, reply.question()))
                    .open(ctx, streams, CurrentUser.of(ctx));
        } else {
            ctx.future(() -> reply.told().thenAccept(ending -> ctx.json(whole(reply, ending))));
        }
    }

    private void follow(Context ctx) {
        long id = Input.id(ctx, "message_id");
        var ticket = CurrentUser.find(ctx) == null ? ticket(ctx, id) : null;
        var user = ticket == null ? CurrentUser.of(ctx) : ticket.user();
        var lastEventId = lastEventId(ctx);
        boolean hasEnd = Follower.END_ID.equals(lastEventId);
        var running = replies.find(id, user.id()).filter(reply -> !hasEnd || reply.ending() == null);
        if (running.isPresent()) {
            requireGood(ticket == null || tickets.isGoodForRunning(ticket, running.get().startedAt()));
            Follower.resuming(running.get(), place(lastEventId)).open(ctx, streams, user);
            return;
        }
        var answer = stored(id, user.id());
        requireGood(ticket == null || tickets.isGoodForEnded(ticket, answer.endedAt()));
        if (hasEnd) {
            ctx.status(HttpStatus.NO_CONTENT);
        } else {
            streams.open(ctx, user, new StoredAnswer(answer, messages, place(lastEventId)), opened -> { });
        }
    }

    private void issueTicket(Context ctx) {
        long id = Input.id(ctx, "message_id");
        var user = CurrentUser.of(ctx);
        if (replies.find(id, user.id()).isEmpty()) {
            stored(id, user.id());
        }
        ctx.json(tickets.issue(user, id));
    }

    private void stop(Context ctx) {
        long id = Input.id(ctx, "message_id");
        long userId = CurrentUser.id(ctx);
        var reply = replies.find(id, userId);
        if (reply.isEmpty()) {
            ctx.json(stopped(id, endedStatus(id, userId)));
            return;
        }
        ctx.future(() -> replies.stop(reply.get()).thenAccept(ending -> {
            if (ending == null) {
                throw ApiException.busy("The answer was stopped, but its end is not saved yet", 1);
            }
            ctx.json(stopped(id, ending.status()));
        }));
    }

    private String endedStatus(long id, long userId) {
        if (stored(id, userId).status().equals("streaming")) {
            replies.closeLost(id);
        }
        return stored(id, userId).status();
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

    /** @return what the ticket says, if it is a genuine one whose credential is still valid */
    private Tickets.Holder ticket(Context ctx, long messageId) {
        var ticket = ctx.queryParam("ticket");
        if (ticket == null) {
            throw ApiException.unauthorized("API key is required");
        }
        var holder = tickets.holder(ticket, messageId).filter(found -> credentials.areValid(found.user()));
        return holder.orElseThrow(ChatRoutes::invalidTicket);
    }

    private static void requireGood(boolean isGood) {
        if (!isGood) {
            throw invalidTicket();
        }
    }

    private static ApiException invalidTicket() {
        return ApiException.unauthorized("Invalid ticket");
    }

    /** @return the place that a client has got to, in bytes */
    private static long place(String lastEventId) {
        return lastEventId == null ? 0 : Input.place(LAST_EVENT_ID, lastEventId);
    }

    private Stored stored(long id, long userId) {
        return answers.find(id, userId).orElseThrow(() -> ApiException.notFound("Message not found"));
    }
}
