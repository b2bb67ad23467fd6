package ollamaweb.models.care;

import static io.javalin.apibuilder.ApiBuilder.delete;
import static io.javalin.apibuilder.ApiBuilder.get;
import static io.javalin.apibuilder.ApiBuilder.path;
import static io.javalin.apibuilder.ApiBuilder.post;
import static ollamaweb.http.Role.ADMIN;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.apibuilder.EndpointGroup;
import io.javalin.http.Context;
import java.util.List;
import ollamaweb.db.Database;
import ollamaweb.http.ApiException;
import ollamaweb.http.Check;
import ollamaweb.http.CurrentUser;
import ollamaweb.http.Input;
import ollamaweb.http.OpenStreams;
import ollamaweb.users.Admins;

/** {@code /api/models}, for admins: models are fetched, deleted, and taken out of memory. */
public final class ModelCareRoutes implements EndpointGroup {

    private final Admins admins;
    private final Pulls pulls;
    private final ModelManagers managers;
    private final OpenStreams streams;
    private final Runnable onChange;

    /** @param onChange to be run when a model was deleted or unloaded */
    public ModelCareRoutes(Database database, Pulls pulls, ModelManagers managers, OpenStreams streams, Runnable onChange) {
        this.admins = new Admins(database);
        this.pulls = pulls;
        this.managers = managers;
        this.streams = streams;
        this.onChange = onChange;
    }

    @Override
    public void addEndpoints() {
        path("models", () -> {
            post("pull", this::pull, ADMIN);
            get("pulls", this::list, ADMIN);
            delete("pulls/{id}", this::end, ADMIN);
            get("running", this::running, ADMIN);
            // A name may hold slashes: hf.co/acme/tiny:Q4_0
            post("<name>/unload", this::unload, ADMIN);
            delete("<name>", this::remove, ADMIN);
        });
    }

    record PullList(List<Pull> pulls, int count) {}

    record RunningModels(List<JsonNode> models, int count) {}

    record Ended(boolean success, String message, long id, String status) {}

    record Changed(boolean success, String message, String name) {}

    private void pull(Context ctx) {
        admins.require(ctx);
        var draft = Input.body(ctx, PullDraft.class);
        pulls.followed().requireRoom();
        var follower = new PullFollower(pulls.followed(), pulls.begin(CurrentUser.id(ctx), draft.name()));
        streams.open(ctx, CurrentUser.of(ctx), follower, follower::join);
    }

    private void list(Context ctx) {
        admins.require(ctx);
        var all = pulls.list();
        ctx.json(new PullList(all, all.size()));
    }

    /** To others than admins there are no pulls. */
    private void end(Context ctx) {
        long id = Input.id(ctx);
        if (!admins.isOne(ctx)) {
            throw noPull();
        }
        var ended = pulls.cancel(id).orElseThrow(ModelCareRoutes::noPull);
        ctx.json(new Ended(true, ended.status().equals("cancelled") ? "Pull ended" : "Pull has already ended", id, ended.status()));
    }

    private void running(Context ctx) {
        admins.require(ctx);
        var models = managers.running(CurrentUser.id(ctx));
        ctx.json(new RunningModels(models, models.size()));
    }

    private void unload(Context ctx) {
        admins.require(ctx);
        var name = name(ctx);
        managers.unload(CurrentUser.id(ctx), name);
        onChange.run();
        ctx.json(new Changed(true, "Model unloaded", name));
    }

    private void remove(Context ctx) {
        admins.require(ctx);
        var name = name(ctx);
        managers.delete(CurrentUser.id(ctx), name);
        onChange.run();
        ctx.json(new Changed(true, "Model deleted", name));
    }

    private static String name(Context ctx) {
        var name = ctx.pathParam("name");
        Check.path().line("name", name, 1, PullDraft.MAX_NAME).orThrow();
        return name;
    }

    private static ApiException noPull() {
        return ApiException.notFound("Pull not found");
    }
}
