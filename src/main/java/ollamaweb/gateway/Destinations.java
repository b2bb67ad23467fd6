package ollamaweb.gateway;

import io.javalin.http.Context;
import io.javalin.http.Header;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import ollamaweb.http.ApiException;
import ollamaweb.http.CurrentUser;
import ollamaweb.http.Input;
import ollamaweb.models.ModelProviders;
import ollamaweb.models.ModelSource;
import ollamaweb.models.ModelTarget;
import ollamaweb.providers.ApiUrl;
import ollamaweb.providers.NetworkReads;

/** Finds out where a request is passed on to: to the account's Ollama, or to the upstream that has the model it asks for. */
final class Destinations {

    private static final String JSON = "application/json";
    private static final String OPENAI = "openai";
    private static final String OPENAI_PATHS = "v1/";

    private final ModelProviders providers;
    private final Function<ModelSource, Call.Factory> calls;

    /** @param calls makes the calls to a place */
    Destinations(ModelProviders providers, Function<ModelSource, Call.Factory> calls) {
        this.providers = providers;
        this.calls = calls;
    }

    /** @return where what the account's own Ollama tells is asked for */
    Destination ofOwn(Context ctx, String path) {
        return destination(providers.target(CurrentUser.id(ctx), () -> null), path, request -> request.get());
    }

    /**
     * @param path as Ollama or OpenAI knows it, without the first slash
     * @throws ApiException 400 if the model is on a server that does not know the path
     */
    Destination ofBody(Context ctx, String path) {
        var body = Input.bytes(ctx);
        var type = ctx.header(Header.CONTENT_TYPE);
        var media = MediaType.parse(type == null ? JSON : type);
        long userId = CurrentUser.id(ctx);
        if (!providers.hasSeveral(userId)) {
            return destination(providers.target(userId, () -> null), path, request -> request.post(RequestBody.create(body, media)));
        }
        var requested = RequestedModel.in(body);
        var target = providers.target(userId, requested::name);
        var renamed = RequestBody.create(requested.renamed(target.model()), media);
        return destination(target, path, request -> request.post(renamed));
    }

    private Destination destination(ModelTarget target, String path, UnaryOperator<Request.Builder> method) {
        var reads = new NetworkReads();
        var request = method.apply(request(target.source(), path)).tag(NetworkReads.class, reads).build();
        var next = target.next() == null ? null : destination(target.next(), path, method);
        return new Destination(calls.apply(target.source()).newCall(request), reads, target, next);
    }

    private static Request.Builder request(ModelSource source, String path) {
        var request = new Request.Builder().url(url(source, path)).header(Header.ACCEPT_ENCODING, "identity");
        var key = source.upstream() == null ? null : source.upstream().key();
        return key == null ? request : request.header(Header.AUTHORIZATION, "Bearer " + key);
    }

    private static HttpUrl url(ModelSource source, String path) {
        if (source.isOllama()) {
            var url = source.url().newBuilder().addPathSegments(path).build();
            if (!isBelow(source.url(), url, path)) {
                throw ApiException.notFound("Not Found");
            }
            return url;
        }
        if (!source.upstream().kind().equals(OPENAI) || !path.startsWith(OPENAI_PATHS)) {
            throw ApiException.badRequest("The model is on a server that does not speak this API: " + source.title());
        }
        return ApiUrl.of(source.url(), path.substring(OPENAI_PATHS.length()));
    }

    /** A name of a model may hold slashes, and leads nowhere else. */
    private static boolean isBelow(HttpUrl base, HttpUrl url, String path) {
        var segments = path.split("/", -1);
        return url.pathSize() == base.newBuilder().addPathSegments("a/".repeat(segments.length - 1) + "a").build().pathSize();
    }
}
