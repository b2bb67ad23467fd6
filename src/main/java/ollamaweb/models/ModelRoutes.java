package ollamaweb.models;

import static io.javalin.apibuilder.ApiBuilder.get;
import static io.javalin.apibuilder.ApiBuilder.path;
import static io.javalin.apibuilder.ApiBuilder.post;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.apibuilder.EndpointGroup;
import io.javalin.http.Context;
import java.util.List;
import java.util.function.LongConsumer;
import ollamaweb.http.CurrentUser;
import ollamaweb.http.Input;

/** {@code /api/models}: what the user's Ollama has installed. */
public final class ModelRoutes implements EndpointGroup {

    private final ModelCatalogue catalogue;
    private final LongConsumer onForget;

    /** @param onForget is given whose list was cleared, for other servers */
    public ModelRoutes(ModelCatalogue catalogue, LongConsumer onForget) {
        this.catalogue = catalogue;
        this.onForget = onForget;
    }

    @Override
    public void addEndpoints() {
        path("models", () -> {
            get("list", this::list);
            post("cache/clear", this::clearCache);
            // A name may hold slashes: hf.co/acme/tiny:Q4_0
            get("<name>/info", this::show);
        });
    }

    /** @param models as Ollama describes them */
    record ModelList(List<JsonNode> models, int count) {}

    record Cleared(boolean success, String message) {}

    private void list(Context ctx) {
        var models = catalogue.list(CurrentUser.id(ctx), Input.queryFlag(ctx, "refresh"));
        ctx.json(new ModelList(models, models.size()));
    }

    private void show(Context ctx) {
        ctx.json(catalogue.show(CurrentUser.id(ctx), ctx.pathParam("name")));
    }

    private void clearCache(Context ctx) {
        catalogue.forget(CurrentUser.id(ctx));
        onForget.accept(CurrentUser.id(ctx));
        ctx.json(new Cleared(true, "Model cache cleared"));
    }
}
