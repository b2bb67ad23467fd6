package ollamaweb.gateway;

import static io.javalin.apibuilder.ApiBuilder.get;
import static io.javalin.apibuilder.ApiBuilder.path;
import static io.javalin.apibuilder.ApiBuilder.post;
import static ollamaweb.http.Role.ASK;
import static ollamaweb.http.Role.CHAT;

import io.javalin.apibuilder.EndpointGroup;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.Header;
import ollamaweb.http.ApiException;
import ollamaweb.http.BodyLimit;

/**
 * For programs that speak to Ollama ({@code /api/chat}, {@code /api/generate} and so on) or to OpenAI ({@code /v1}): they reach the
 * account's models with a key or token of the account, and are answered as Ollama answers.
 */
public final class GatewayRoutes implements EndpointGroup {

    /** Images come in these bodies. */
    private static final BodyLimit LARGE = BodyLimit.anyType(32 * 1024 * 1024);

    private final Gateway gateway;
    private final ExchangeKeeper keeper;

    /** @param keeper keeps what is to be kept */
    public GatewayRoutes(Gateway gateway, ExchangeKeeper keeper) {
        this.gateway = gateway;
        this.keeper = keeper;
    }

    @Override
    public void addEndpoints() {
        path("api", () -> {
            post("chat", answering("api/chat"), LARGE, ASK);
            post("generate", answering("api/generate"), LARGE, ASK);
            post("embed", inTurn("api/embed"), LARGE, ASK);
            post("show", ctx -> {
                requireToken(ctx);
                gateway.post(ctx, "api/show");
            }, LARGE, CHAT);
            get("tags", ctx -> {
                requireToken(ctx);
                gateway.tags(ctx);
            }, CHAT);
            get("ps", ctx -> {
                requireToken(ctx);
                gateway.running(ctx);
            }, CHAT);
            get("version", ctx -> {
                requireToken(ctx);
                gateway.get(ctx, "api/version");
            }, CHAT);
        });
        path("v1", () -> {
            post("chat/completions", answering("v1/chat/completions"), LARGE, ASK);
            post("embeddings", inTurn("v1/embeddings"), LARGE, ASK);
            get("models", ctx -> {
                requireToken(ctx);
                gateway.models(ctx);
            }, CHAT);
            get("models/<name>", this::model, CHAT);
        });
    }

    private Handler answering(String path) {
        return ctx -> {
            requireToken(ctx);
            if (!keeper.keep(ctx, path)) {
                gateway.postInTurn(ctx, path);
            }
        };
    }

    private Handler inTurn(String path) {
        return ctx -> {
            requireToken(ctx);
            gateway.postInTurn(ctx, path);
        };
    }

    private void model(Context ctx) {
        requireToken(ctx);
        gateway.model(ctx, ctx.pathParam("name"));
    }

    /** A page in a browser is no such program: its cookie opens nothing here, since these bodies need no type. */
    private static void requireToken(Context ctx) {
        if (ctx.header(Header.AUTHORIZATION) == null) {
            throw ApiException.unauthorized("API key is required");
        }
    }
}
