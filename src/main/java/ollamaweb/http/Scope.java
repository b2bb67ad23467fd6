package ollamaweb.http;

import io.javalin.security.RouteRole;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What an API key may be used for. Tokens and cookies of a sign-in may be used for everything that their account may do. */
public enum Scope {
    /** To look at things. */
    READ("look at anything"),
    /** To ask models, and what belongs to that. */
    CHAT("ask models"),
    /** To change what the account has. */
    WRITE("change anything"),
    /** To do what only admins may, where the account is one. */
    ADMIN("do what is for admins");

    /** What a key has whose maker named nothing. */
    public static final Set<Scope> DEFAULT = Set.of(READ, CHAT, WRITE);
    public static final Set<Scope> ALL = Set.of(values());

    private final String purpose;

    Scope(String purpose) {
        this.purpose = purpose;
    }

    /** @return the name that the API has for it */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @return the scope of that name in the API; empty if there is none */
    public static Optional<Scope> of(String text) {
        return Arrays.stream(values()).filter(scope -> scope.text().equals(text)).findFirst();
    }

    /**
     * The one rule: looking is {@link #READ}, all else is {@link #WRITE}, unless the route says another role.
     *
     * @param roles of the route
     * @return the scopes of which a key needs one; empty: any key will do, or none is asked for
     */
    public static Set<Scope> anyOf(String method, Collection<? extends RouteRole> roles) {
        boolean looks = method.equals("GET") || method.equals("HEAD");
        if (roles.contains(Role.ANYONE) || roles.contains(Role.ANY_KEY)) {
            return Set.of();
        } else if (roles.contains(Role.ADMIN)) {
            return EnumSet.of(ADMIN);
        } else if (roles.contains(Role.CHAT) || roles.contains(Role.ASK) || roles.contains(Role.TICKET)) {
            return looks ? EnumSet.of(CHAT, READ) : EnumSet.of(CHAT);
        } else if (roles.contains(Role.LOOK)) {
            return EnumSet.of(READ, WRITE);
        }
        return looks ? EnumSet.of(READ) : EnumSet.of(WRITE);
    }

    /** @throws ApiException 403 if scopes are asked for and the caller's credential has none of them */
    static void require(Set<Scope> anyOf, CurrentUser user) {
        if (!anyOf.isEmpty() && anyOf.stream().noneMatch(user::may)) {
            throw anyOf.iterator().next().refusal();
        }
    }

    /** @return the answer to a key that does not have this scope */
    ApiException refusal() {
        return ApiException.forbidden("This key may not " + purpose);
    }
}
