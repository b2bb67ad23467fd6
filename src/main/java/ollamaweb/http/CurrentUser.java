package ollamaweb.http;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;

/**
 * Who is asking, and the credential that says so.
 *
 * @param id        the account
 * @param sessionId the session that the access token or the cookie belongs to; null for an API key
 * @param keyId     the API key, also where a session was opened with one; null where none was needed
 * @param terms     what may be done with the credential
 */
public record CurrentUser(long id, String sessionId, Long keyId, KeyTerms terms) {

    private static final String ATTRIBUTE = CurrentUser.class.getName();

    /** @return the holder of an API key */
    public static CurrentUser ofKey(long userId, long keyId, KeyTerms terms) {
        return new CurrentUser(userId, null, keyId, terms);
    }

    /** @return the holder of an API key whose terms have been looked at before */
    public static CurrentUser ofKey(long userId, long keyId) {
        return ofKey(userId, keyId, KeyTerms.UNRESTRICTED);
    }

    /** @return the holder of a session, by its access token or by its cookie */
    public static CurrentUser ofSession(long userId, String sessionId) {
        return new CurrentUser(userId, sessionId, null, KeyTerms.UNRESTRICTED);
    }

    /** @return the holder of a session that an API key opened, which ends with either */
    public static CurrentUser ofKeySession(String sessionId, CurrentUser holder) {
        return new CurrentUser(holder.id(), sessionId, holder.keyId(), holder.terms());
    }

    /** @return whether the credential is good for that; whether the account may do it is another question */
    public boolean may(Scope scope) {
        return terms.scopes().contains(scope);
    }

    /** @throws ApiException 403 if the credential is not good for that */
    public void require(Scope scope) {
        if (!may(scope)) {
            throw scope.refusal();
        }
    }

    /** @return what has to stay valid for what this caller opened: the account, the key, the session; as {@link RevokedCredentials} names them */
    List<String> credentials() {
        var names = new ArrayList<>(List.of(RevokedCredentials.account(id)));
        if (keyId != null) {
            names.add(RevokedCredentials.key(keyId));
        }
        if (sessionId != null) {
            names.add(RevokedCredentials.session(sessionId));
        }
        return List.copyOf(names);
    }

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
