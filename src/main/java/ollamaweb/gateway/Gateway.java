package ollamaweb.gateway;

import io.javalin.http.Context;
import io.javalin.http.Header;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import ollamaweb.concurrent.Threads;
import ollamaweb.http.ApiException;
import ollamaweb.http.CurrentUser;
import ollamaweb.http.Input;
import ollamaweb.http.RelayLimits;
import ollamaweb.http.RelayedAnswer;
import ollamaweb.http.RevokedCredentials;
import ollamaweb.models.ModelProviders;
import ollamaweb.models.OllamaUrls;
import ollamaweb.outbound.ForbiddenAddressException;
import ollamaweb.providers.ProviderException;
import ollamaweb.providers.UpstreamHttp;
import ollamaweb.turns.Turn;
import ollamaweb.turns.Turns;

/**
 * Passes requests of clients that speak Ollama's or OpenAI's API on to the account's Ollama, which speaks both, and its answers
 * back: the same status, type and bytes, each piece as it comes.
 */
public final class Gateway implements AutoCloseable {

    private static final int PIECE_BYTES = 16 * 1024;
    private static final String JSON = "application/json";

    private final Call.Factory upstreams;
    private final OllamaUrls urls;
    private final ModelProviders providers;
    private final Turns turns;
    private final RelayLimits limits;
    private final Executor executor = Threads.forWaiting("gateway");

    /**
     * @param turns       who may ask a host of models
     * @param idleTimeout how long Ollama may be silent before an answer is given up
     */
    public Gateway(UpstreamHttp http, OllamaUrls urls, ModelProviders providers, Turns turns, RevokedCredentials revoked,
            Duration idleTimeout) {
        this.upstreams = http.relaying(idleTimeout);
        this.urls = urls;
        this.providers = providers;
        this.turns = turns;
        this.limits = new RelayLimits(revoked);
    }

    /**
     * @param path as Ollama knows it, without the first slash
     * @throws ApiException 503 if too many are under way
     */
    void get(Context ctx, String path) {
        pass(ctx, request(ctx, path).get().build(), null);
    }

    /** As {@link #get}, with the request's body. */
    void post(Context ctx, String path) {
        pass(ctx, withBody(ctx, path), null);
    }

    /**
     * As {@link #post}, for what a model has to compute: waits in the same line as all answers of that Ollama.
     *
     * @throws ApiException 429 or 503 if the line is too long
     */
    void postInTurn(Context ctx, String path) {
        var request = withBody(ctx, path);
        long user = CurrentUser.id(ctx);
        pass(ctx, request, turns.enter(providers.hostOf(user), user));
    }

    private Request withBody(Context ctx, String path) {
        var type = ctx.header(Header.CONTENT_TYPE);
        var media = MediaType.parse(type == null ? JSON : type);
        return request(ctx, path).post(RequestBody.create(Input.bytes(ctx), media)).build();
    }

    private Request.Builder request(Context ctx, String path) {
        var base = urls.of(CurrentUser.id(ctx));
        var url = base.newBuilder().addPathSegments(path).build();
        if (!isBelow(base, url, path)) {
            throw ApiException.notFound("Not Found");
        }
        return new Request.Builder().url(url).header(Header.ACCEPT_ENCODING, "identity");
    }

    /** A name of a model may hold slashes, and leads nowhere else. */
    private static boolean isBelow(HttpUrl base, HttpUrl url, String path) {
        var segments = path.split("/", -1);
        return url.pathSize() == base.newBuilder().addPathSegments("a/".repeat(segments.length - 1) + "a").build().pathSize();
    }

    /** @param turn to be waited for and closed; null: none is needed */
    private void pass(Context ctx, Request request, Turn turn) {
        var call = upstreams.newCall(request);
        try {
            var relay = limits.begin(CurrentUser.of(ctx), () -> cancel(call, turn));
            ctx.future(() -> {
                var finished = new CompletableFuture<Void>();
                start(() -> {
                    try (relay; turn) {
                        passInTurn(ctx, call, turn, finished);
                    }
                }, finished, relay, turn);
                return finished;
            });
        } catch (ApiException e) {
            close(turn);
            throw e;
        }
    }

    private void start(Runnable work, CompletableFuture<Void> finished, RelayLimits.Relay relay, Turn turn) {
        try {
            executor.execute(work);
        } catch (RejectedExecutionException | OutOfMemoryError e) { // no thread is to be had
            relay.close();
            close(turn);
            finished.completeExceptionally(ApiException.busy("The server is busy, please try again", 1));
        }
    }

    private static void passInTurn(Context ctx, Call call, Turn turn, CompletableFuture<Void> finished) {
        if (turn == null || turn.await(position -> {})) {
            pass(ctx, call, finished);
        } else {
            finished.completeExceptionally(ApiException.busy("The request was ended while it waited in line", 1));
        }
    }

    private static void cancel(Call call, Turn turn) {
        call.cancel();
        if (turn != null) {
            turn.cancel();
        }
    }

    private static void close(Turn turn) {
        if (turn != null) {
            turn.close();
        }
    }

    private static void pass(Context ctx, Call call, CompletableFuture<Void> finished) {
        try (var response = call.execute()) {
            var answer = RelayedAnswer.begin(ctx, response.code(), response.header(Header.CONTENT_TYPE),
                    response.body().contentLength(), finished);
            copy(response, answer);
        } catch (ForbiddenAddressException e) {
            finished.completeExceptionally(ProviderException.forbidden(e));
        } catch (IOException e) {
            finished.completeExceptionally(ProviderException.unreachable("Ollama", e));
        } catch (RuntimeException | Error e) {
            finished.completeExceptionally(e);
            throw e;
        }
    }

    private static void copy(Response response, RelayedAnswer answer) {
        var piece = new byte[PIECE_BYTES];
        var in = response.body().byteStream();
        try {
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                if (!answer.write(piece, length)) {
                    break;
                }
            }
            answer.end();
        } catch (IOException e) {
            answer.breakOff();
        }
    }

    /** Breaks off what is under way. */
    @Override
    public void close() {
        limits.close();
    }
}
