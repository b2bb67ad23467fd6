package ollamaweb.chat;

import static io.javalin.apibuilder.ApiBuilder.get;
import static io.javalin.apibuilder.ApiBuilder.path;
import static io.javalin.apibuilder.ApiBuilder.post;
import static ollamaweb.http.Role.ASK;
import static ollamaweb.http.Role.CHAT;
import static ollamaweb.http.Role.TICKET;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.javalin.apibuilder.EndpointGroup;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.util.function.Function;
import ollamaweb.access.AccessDao.Access;
import ollamaweb.access.AccessDao;
import ollamaweb.access.ConversationRole;
import ollamaweb.auth.StoredCredentials;
import ollamaweb.chat.GenerationDao.Stored;
import ollamaweb.crypto.SecretKey;
import ollamaweb.db.Database;
import ollamaweb.http.ApiException;
import ollamaweb.http.BodyLimit;
import ollamaweb.http.CurrentUser;
import ollamaweb.http.Input;
import ollamaweb.http.OpenStreams;
import ollamaweb.http.SseBuffer;
import ollamaweb.json.Json;
import ollamaweb.messages.MessageDao;

/** {@code /api/chat}: asking, following, stopping. */
public final class ChatRoutes implements EndpointGroup {

    /** Images may come with a question; larger ones are uploaded first. */
    private static final BodyLimit WITH_IMAGES = BodyLimit.json(16 * 1024 * 1024);

    private final Generations generations;
    private final GenerationDao answers;
    private final AccessDao accesses;
    private final MessageDao messages;
    private final OpenStreams streams;
    private final StoredCredentials credentials;
    private final Tickets tickets;

    public ChatRoutes(Generations generations, Database database, OpenStreams streams, StoredCredentials credentials, SecretKey secret,
            Clock clock) {
        this.generations = generations;
        this.answers = database.reader(GenerationDao.class);
        this.accesses = database.reader(AccessDao.class);
        this.messages = database.reader(MessageDao.class);
        this.streams = streams;
        this.credentials = credentials;
        this.tickets = new Tickets(secret, clock);
    }

    @Override
    public void addEndpoints() {
        path("chat", () -> {
            post("stream", this::ask, WITH_IMAGES, ASK);
            get("stream/{message_id}", this::follow, TICKET);
            post("stream/{message_id}/ticket", this::issueTicket, CHAT);
            post("{message_id}/stop", this::stop, CHAT);
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
        var generation = generations.ask(CurrentUser.of(ctx), draft);
        if (draft.stream()) {
            Follower.of(generation, frames -> writeOpening(frames, generation.question()))
                    .open(ctx, streams, CurrentUser.of(ctx), generation.question().membershipId());
        } else {
            ctx.future(() -> generation.told().thenAccept(outcome -> ctx.json(whole(generation, outcome))));
        }
    }

    private void follow(Context ctx) {
        long id = Input.id(ctx, "message_id");
        var ticket = CurrentUser.find(ctx) == null ? ticket(ctx, id) : null;
        var user = ticket == null ? CurrentUser.of(ctx) : ticket.user();
        var reached = LastEventId.of(ctx);
        var membershipId = access(id, user.id()).membershipId();
        var running = generations.find(id).filter(generation -> !reached.hasEnd() || generation.outcome() == null);
        if (running.isPresent()) {
            requireGood(ticket == null || tickets.isGoodForRunning(ticket, running.get().startedAt()));
            Follower.resuming(running.get(), reached).open(ctx, streams, user, membershipId);
            return;
        }
        var answer = stored(id, user.id());
        if (!reached.hasEnd() && generations.elsewhere().makes(answer)) {
            requireGood(ticket == null || tickets.isGoodForRunning(ticket, answer.startedAt()));
            Follower.resuming(generations.elsewhere().find(answer), reached).open(ctx, streams, user, membershipId);
            return;
        }
        requireGood(ticket == null || tickets.isGoodForEnded(ticket, answer.endedAt()));
        if (reached.hasEnd()) {
            ctx.status(HttpStatus.NO_CONTENT);
        } else {
            streams.open(ctx, user, membershipId, new StoredAnswer(answer, messages, reached), opened -> {});
        }
    }

    private void issueTicket(Context ctx) {
        long id = Input.id(ctx, "message_id");
        var user = CurrentUser.of(ctx);
        access(id, user.id());
        if (generations.find(id).isEmpty()) {
            stored(id, user.id());
        }
        ctx.json(tickets.issue(user, id));
    }

    private void stop(Context ctx) {
        long id = Input.id(ctx, "message_id");
        long userId = CurrentUser.id(ctx);
        access(id, userId).role().requireWriter();
        var generation = generations.find(id);
        if (generation.isPresent()) {
            ctx.future(() -> generations.stop(generation.get()).thenAccept(outcome -> answerStop(ctx, id, outcome, Outcome::status)));
            return;
        }
        var answer = stored(id, userId);
        if (generations.elsewhere().makes(answer)) {
            ctx.future(() -> generations.elsewhere().stop(id).thenAccept(ended -> answerStop(ctx, id, ended, Stored::status)));
            return;
        }
        if (answer.isStreaming()) {
            generations.closeLost(id);
        }
        ctx.json(stopped(id, stored(id, userId).status()));
    }

    /** @param ended how it ended; null if that is not known yet */
    private static <T> void answerStop(Context ctx, long id, T ended, Function<T, String> status) {
        if (ended == null) {
            throw ApiException.busy("The answer was stopped, but its end is not saved yet", 1);
        }
        ctx.json(stopped(id, status.apply(ended)));
    }

    private static void writeOpening(SseBuffer frames, Question question) {
        if (question.isNewConversation()) {
            frames.event("conversation_created", Json.write(new ConversationCreated(question.conversationId())));
        }
        frames.event("message_created", Json.write(new MessageCreated(question.messageId(), "user", question.answerId())));
    }

    private static Whole whole(Generation generation, Outcome outcome) {
        if (outcome.failure() != null) {
            throw outcome.failure();
        }
        if (outcome.error() != null) {
            throw ApiException.unavailable(outcome.error());
        }
        return new Whole(generation.question().conversationId(), generation.id(),
                generation.log().text(generation.newFrom(), generation.log().end()),
                outcome.tokensUsed(), outcome.isStopped() ? true : null);
    }

    private static Stopped stopped(long id, String status) {
        return new Stopped(true, status.equals(Outcome.INTERRUPTED) ? "Answer stopped" : "Answer has already ended", id, status);
    }

    /** @return what the ticket says, if it is a genuine one whose credential is still valid */
    private Tickets.Holder ticket(Context ctx, long messageId) {
        var ticket = ctx.queryParam("ticket");
        if (ticket == null) {
            throw ApiException.unauthorized("API key is required");
        }
        var holder = tickets.verify(ticket, messageId).filter(found -> credentials.areValid(found.user()));
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

    /** The owner of an answer in the making is known without the database, which may be away. */
    private Access access(long messageId, long userId) {
        return generations.find(messageId).map(Generation::question).filter(question -> question.ownerId() == userId)
                .map(question -> new Access(question.conversationId(), userId, ConversationRole.OWNER, null))
                .or(() -> accesses.findOfMessage(messageId, userId))
                .orElseThrow(() -> ApiException.notFound("Message not found"));
    }

    private Stored stored(long id, long userId) {
        return answers.find(id, userId).orElseThrow(() -> ApiException.notFound("Message not found"));
    }
}
