package ollamaweb.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;
import okhttp3.Call;
import okhttp3.Response;
import ollamaweb.concurrent.Threads;
import ollamaweb.http.ApiException;
import ollamaweb.http.CurrentUser;
import ollamaweb.http.RelayLimits;
import ollamaweb.http.RelayedAnswer;
import ollamaweb.http.RevokedCredentials;
import ollamaweb.models.ModelProviders;
import ollamaweb.models.ModelSource;
import ollamaweb.providers.ProviderException;
import ollamaweb.providers.UpstreamHttp;
import ollamaweb.turns.Turns;

/**
 * Passes requests of clients that speak Ollama's or OpenAI's API on to the account's Ollama, which speaks both, or to the upstream
 * that has the model, and its answers back: the same status, type and bytes, each piece as it comes.
 */
public final class Gateway implements AutoCloseable {

    private static final String OLLAMA_CHAT = "api/chat";
    private static final int PIECE_BYTES = 16 * 1024;

    private final ModelProviders providers;
    private final Destinations destinations;
    private final Turns turns;
    private final TranslatedChats chats;
    private final RelayLimits limits;
    private final ObjLongConsumer<CurrentUser> tokens;
    private final Executor executor = Threads.forWaiting("gateway");

    /**
     * @param http        the connections that lead to a place
     * @param turns       who may ask a host of models
     * @param idleTimeout how long a server may be silent before an answer is given up
     * @param tokens      is told who had how many tokens of an answer that was passed on and not kept
     */
    public Gateway(Function<ModelSource, UpstreamHttp> http, ModelProviders providers, Turns turns, RevokedCredentials revoked,
            Duration idleTimeout, ObjLongConsumer<CurrentUser> tokens) {
        this.providers = providers;
        var calls = new ConcurrentHashMap<UpstreamHttp, Call.Factory>();
        this.destinations =
                new Destinations(providers, source -> calls.computeIfAbsent(http.apply(source), each -> each.relaying(idleTimeout)));
        this.turns = turns;
        this.chats = new TranslatedChats(providers, turns, idleTimeout, tokens);
        this.limits = new RelayLimits(revoked);
        this.tokens = tokens;
    }

    /**
     * @param path as Ollama knows it, without the first slash
     * @throws ApiException 503 if too many are under way
     */
    void get(Context ctx, String path) {
        pass(ctx, destinations.ofOwn(ctx, path), null);
    }

    /** As {@link #get}, with the request's body, to where the model is that it asks for. */
    void post(Context ctx, String path) {
        pass(ctx, destinations.ofBody(ctx, path), null);
    }

    /**
     * As {@link #post}, for what a model has to compute: waits in the same line as all answers of that host.
     *
     * @throws ApiException 429 or 503 if the line is too long
     */
    void postInTurn(Context ctx, String path) {
        var translated = path.equals(OLLAMA_CHAT) ? chats.of(ctx) : Optional.<Passing>empty();
        if (translated.isPresent()) {
            pass(ctx, translated.get());
        } else {
            pass(ctx, destinations.ofBody(ctx, path), turns);
        }
    }

    /** @return where the request is passed on to; to be asked in turn */
    Destination destination(Context ctx, String path) {
        return destinations.ofBody(ctx, path);
    }

    /** @return a chat that has to be translated for the server of its model; empty if it can be passed on as it is */
    Optional<TranslatedChats.Translation> translation(Context ctx, String path) {
        return path.equals(OLLAMA_CHAT) ? chats.translation(ctx) : Optional.empty();
    }

    /** As {@link RelayLimits#begin}. */
    RelayLimits.Relay begin(CurrentUser user, Runnable cancel) {
        return limits.begin(user, cancel);
    }

    /** Runs what waits for a client; at once, where no thread is to be had. */
    void execute(Runnable work) {
        try {
            executor.execute(work);
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            work.run();
        }
    }

    /** {@code GET /api/tags}: as the account's Ollama tells it where there is nothing else, or else what there is anywhere. */
    void tags(Context ctx) {
        list(ctx, "api/tags", ListedModels.OllamaList::new);
    }

    /** {@code GET /v1/models}, as {@link #tags}. */
    void models(Context ctx) {
        list(ctx, "v1/models", ListedModels::asOpenAi);
    }

    /** {@code GET /v1/models/<name>}, as {@link #tags}. */
    void model(Context ctx, String name) {
        list(ctx, "v1/models/" + name, models -> ListedModels.find(models, name));
    }

    /** {@code GET /api/ps}: what is loaded at the account's Ollama, or at all of them where they are several. */
    void running(Context ctx) {
        var running = providers.runningInPool(CurrentUser.id(ctx));
        if (running.isPresent()) {
            ctx.json(new ListedModels.OllamaList(running.get()));
        } else {
            get(ctx, "api/ps");
        }
    }

    private void list(Context ctx, String path, Function<List<JsonNode>, Object> shape) {
        long userId = CurrentUser.id(ctx);
        if (providers.hasSeveral(userId)) {
            ctx.json(shape.apply(providers.models(userId, false)));
        } else {
            get(ctx, path);
        }
    }

    /** @param lines to wait in; null: there is no need to */
    private void pass(Context ctx, Destination destination, Turns lines) {
        var user = CurrentUser.of(ctx);
        pass(ctx, new Passage(providers, lines, destination, user.id(), count -> tokens.accept(user, count)));
    }

    private void pass(Context ctx, Passing passage) {
        try {
            var relay = limits.begin(CurrentUser.of(ctx), passage::cancel);
            ctx.future(() -> {
                var finished = new CompletableFuture<Void>();
                start(() -> {
                    try (relay; passage) {
                        passage.run(ctx, finished);
                    }
                }, finished, relay, passage);
                return finished;
            });
        } catch (ApiException e) {
            passage.close();
            throw e;
        }
    }

    private void start(Runnable work, CompletableFuture<Void> finished, RelayLimits.Relay relay, Passing passage) {
        try {
            executor.execute(work);
        } catch (RejectedExecutionException | OutOfMemoryError e) { // no thread is to be had
            relay.close();
            passage.close();
            finished.completeExceptionally(ApiException.busy("The server is busy, please try again", 1));
        }
    }

    /** Passes on what a server answers, byte for byte. */
    static void relay(Context ctx, Passage passage, CompletableFuture<Void> finished) {
        try (var response = passage.begin()) {
            var answer = RelayedAnswer.begin(ctx, response.code(), response.header(Header.CONTENT_TYPE),
                    response.body().contentLength(), finished);
            copy(response, answer, passage);
        } catch (ApiException | ProviderException e) {
            finished.completeExceptionally(e);
        } catch (IOException e) {
            finished.completeExceptionally(ProviderException.broken("The answer could not be passed on", e));
        } catch (RuntimeException | Error e) {
            finished.completeExceptionally(e);
            throw e;
        }
    }

    /** Pieces that come together travel together, and none waits for one that is still to come. */
    private static void copy(Response response, RelayedAnswer answer, Passage passage) {
        var piece = new byte[PIECE_BYTES];
        var in = response.body().byteStream();
        var reads = passage.reads();
        var tokens = new RelayedTokens();
        reads.begin(() -> {
            if (!answer.flush()) {
                passage.cancel();
            }
        });
        try {
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                tokens.add(piece, length);
                if (!answer.write(piece, length)) {
                    break;
                }
                reads.told();
            }
            reads.end();
            answer.end();
        } catch (IOException e) {
            answer.breakOff();
        } finally {
            reads.end();
            if (response.isSuccessful()) {
                passage.count(tokens.total());
            }
        }
    }

    /** Breaks off what is under way. */
    @Override
    public void close() {
        limits.close();
        chats.close();
    }
}
