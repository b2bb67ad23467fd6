package ollamaweb;

import io.javalin.event.HandlerMetaInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import ollamaweb.http.Role;
import ollamaweb.http.Scope;

/** What can be asked for, noted as it is registered. */
public final class RegisteredRoutes {

    private final List<Route> routes = new ArrayList<>();

    /**
     * Something that can be asked for.
     *
     * @param path with parameters as in {@code /api/conversations/{id}}
     * @param open   whether it answers without sign-in
     * @param scopes of which an API key needs one; empty: any key will do, or none is asked for
     */
    public record Route(String method, String path, boolean open, Set<Scope> scopes) {}

    void note(HandlerMetaInfo added) {
        if (added.getHttpMethod().isHttpMethod()) {
            var path = added.getPath().replace('<', '{').replace('>', '}');
            var method = added.getHttpMethod().name();
            routes.add(new Route(method, path, added.getRoles().contains(Role.ANYONE), Scope.anyOf(method, added.getRoles())));
        }
    }

    /** @return all so far, in the order in which they were registered */
    List<Route> all() {
        return List.copyOf(routes);
    }
}
