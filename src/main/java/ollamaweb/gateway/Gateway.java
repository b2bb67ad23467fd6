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
import ollamaweb.models.OllamaUrls;
import ollamaweb.outbound.ForbiddenAddressException;
import ollamaweb.providers.ProviderException;
import ollamaweb.providers.UpstreamHttp;

/**
 * Passes requests of clients that speak Ollama's or OpenAI's API on to the account's Ollama, which speaks both, and its answers
 * back: the same status, type and bytes, each piece as it comes.
 */
public final class Gateway implements AutoCloseable {

    private static final int PIECE_BYTES = 16 * 1024;
    private static final String JSON = "application/json";

    private final Call.Factory upstreams;
    private final OllamaUrls urls;
    private final RelayLimits limits;
    private final Executor executor = Threads.forWaiting("gateway");

    /** @param idleTimeout how long Ollama may be silent before an answer is given up */
    public Gateway(UpstreamHttp http, OllamaUrls urls, RevokedCredentials revoked, Duration idleTimeout) {
        this.upstreams = http.relaying(idleTimeout);
        this.urls = urls;
        this.limits = new RelayLimits(revoked);
    }

    /**
     * @param path as Ollama knows it, without the first slash
     * @throws ApiException 503 if too many are under way
     */
    void get(Context ctx, String path) {
        pass(ctx, request(ctx, path).get().build());
    }

    /** As {@link #get}, with the request's body. */
    void post(Context ctx, String path) {
        var type = ctx.header(Header.CONTENT_TYPE);
        var media = MediaType.parse(type == null ? JSON : type);
        pass(ctx, request(ctx, path).post(RequestBody.create(Input.bytes(ctx), media)).build());
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

    private void pass(Context ctx, Request request) {
        var call = upstreams.newCall(request);
        var relay = limits.begin(CurrentUser.of(ctx), call::cancel);
        ctx.future(() -> {
            var finished = new CompletableFuture<Void>();
            try {
                executor.execute(() -> {
                    try (relay) {
                        pass(ctx, call, finished);
                    }
                });
            } catch (RejectedExecutionException | OutOfMemoryError e) { // no thread is to be had
                relay.close();
                finished.completeExceptionally(ApiException.busy("The server is busy, please try again", 1));
            }
            return finished;
        });
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
