package ollamaweb.auth;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import ollamaweb.http.Scope;

/** Scopes as the database has them: their names, with commas between. */
final class StoredScopes {

    private static final String SEPARATOR = ",";

    private StoredScopes() {}

    static String text(Collection<Scope> scopes) {
        return scopes.stream().sorted().map(Scope::text).collect(Collectors.joining(SEPARATOR));
    }

    /** @return those of them that this version knows */
    static Set<Scope> scopes(String text) {
        return Arrays.stream(text.split(SEPARATOR)).map(Scope::of).flatMap(Optional::stream)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Scope.class)));
    }

    /** @return their names in the API */
    static List<String> names(String text) {
        return scopes(text).stream().map(Scope::text).toList();
    }
}
