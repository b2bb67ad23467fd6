package ollamaweb.chat;

import static io.javalin.apibuilder.ApiBuilder.get;

import io.javalin.apibuilder.EndpointGroup;
import io.javalin.http.Context;
import ollamaweb.db.Database;
import ollamaweb.http.ApiException;
import ollamaweb.http.CurrentUser;
import ollamaweb.http.Input;

/** {@code /api/messages/{id}/context}: what the model was given for an answer. */
public final class ContextRoutes implements EndpointGroup {

    private final ContextDao contexts;

    public ContextRoutes(Database database) {
        this.contexts = database.reader(ContextDao.class);
    }

    @Override
    public void addEndpoints() {
        get("messages/{id}/context", this::show);
    }

    private void show(Context ctx) {
        ctx.json(contexts.find(Input.id(ctx, "id"), CurrentUser.id(ctx))
                .orElseThrow(() -> ApiException.notFound("Message not found")));
    }
}
