package ollamaweb.http;

import io.javalin.event.HandlerMetaInfo;
import io.javalin.http.Context;
import io.javalin.http.MethodNotAllowedResponse;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The paths without parameters. {@code /tasks/today} is a thing of its own and none of {@code /tasks/{id}}: what it does
 * not know it must not do by way of the other.
 */
public final class LiteralPaths {

    private final Map<String, Set<String>> methods = new ConcurrentHashMap<>();

    /** To be told of each route that is added. */
    public void note(HandlerMetaInfo added) {
        if (added.getHttpMethod().isHttpMethod() && added.getPath().indexOf('{') < 0 && added.getPath().indexOf('<') < 0) {
            methods.computeIfAbsent(withoutSlash(added.getPath()), path -> new TreeSet<>()).add(added.getHttpMethod().name());
        }
    }

    /** Answers 405, with the path's own methods, to all others; to be run before the routes. */
    public void check(Context ctx) {
        var known = methods.get(withoutSlash(ctx.path()));
        if (known != null && !known.contains(ctx.method().name())) {
            throw new MethodNotAllowedResponse("Method Not Allowed", Map.of("availableMethods", String.join(", ", known)));
        }
    }

    private static String withoutSlash(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
