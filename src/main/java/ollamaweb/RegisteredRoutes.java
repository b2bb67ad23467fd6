package ollamaweb;

import io.javalin.event.HandlerMetaInfo;
import java.util.ArrayList;
import java.util.List;
import ollamaweb.http.Role;

/** What can be asked for, noted as it is registered. */
public final class RegisteredRoutes {

    private final List<Route> routes = new ArrayList<>();

    /**
     * Something that can be asked for.
     *
     * @param path with parameters as in {@code /api/conversations/{id}}
     * @param open whether it answers without sign-in
     */
    public record Route(String method, String path, boolean open) {}

    void note(HandlerMetaInfo added) {
        if (added.getHttpMethod().isHttpMethod()) {
            var path = added.getPath().replace('<', '{').replace('>', '}');
            routes.add(new Route(added.getHttpMethod().name(), path, added.getRoles().contains(Role.ANYONE)));
        }
    }

    /** @return all so far, in the order in which they were registered */
    List<Route> all() {
        return List.copyOf(routes);
    }
}
