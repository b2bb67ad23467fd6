package ollamaweb.prompts;

import static io.javalin.apibuilder.ApiBuilder.get;
import static io.javalin.apibuilder.ApiBuilder.path;

import io.javalin.apibuilder.EndpointGroup;
import io.javalin.http.Context;
import java.util.List;

/** {@code /api/prompts}: system prompts to start from. */
public final class PromptRoutes implements EndpointGroup {

    private final List<Template> templates = Template.all();

    @Override
    public void addEndpoints() {
        path("prompts", () -> get("templates", this::list));
    }

    record TemplateList(List<Template> templates, int total) {}

    private void list(Context ctx) {
        ctx.json(new TemplateList(templates, templates.size()));
    }
}
