package ollamaweb.http;

import io.javalin.http.Context;

/**
 * Who is asking.
 *
 * @param id        the account
 * @param sessionId the e-mail session the access token belongs to; null for an API key
 */
public record CurrentUser(long id, String sessionId) {

    private static final String ATTRIBUTE = CurrentUser.class.getName();

    /** @return the signed-in account's id; only for routes that ask for sign-in */
    public static long id(Context ctx) {
        return of(ctx).id();
    }

    /** @return the signed-in caller; only for routes that ask for sign-in */
    public static CurrentUser of(Context ctx) {
        var user = find(ctx);
        if (user == null) {
            throw new IllegalStateException("No one is signed in on " + ctx.path());
        }
        return user;
    }

    /** @return the signed-in caller, or null */
    public static CurrentUser find(Context ctx) {
        return ctx.attribute(ATTRIBUTE);
    }

    static void set(Context ctx, CurrentUser user) {
        ctx.attribute(ATTRIBUTE, user);
    }
}
