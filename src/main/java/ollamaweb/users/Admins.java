package ollamaweb.users;

import io.javalin.http.Context;
import java.util.List;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.http.ApiException;
import ollamaweb.http.CurrentUser;
import ollamaweb.http.Scope;

/** Who may do what concerns all accounts. */
public final class Admins {

    private final UserDao users;

    public Admins(Database database) {
        this.users = database.reader(UserDao.class);
    }

    /** @throws ApiException 403 unless the caller is an admin */
    public void require(Context ctx) {
        if (!isOne(ctx)) {
            throw refusal();
        }
    }

    /** @return what those hear who are none */
    public static ApiException refusal() {
        return ApiException.forbidden("Only admins may do this");
    }

    /**
     * To be asked before an account stops being an admin, by whatever: somebody has to be left who can look after the server.
     *
     * @param what could not be done otherwise, for the client
     * @throws ApiException 409 if the account is the last admin
     */
    public static void requireAnother(Transaction tx, long userId, String what) {
        if (tx.dao(UserDao.class).lockAdmins().equals(List.of(userId))) {
            throw ApiException.conflict("The last admin cannot be " + what);
        }
    }

    /** @return whether the caller is an admin, and came with a credential that is good for that */
    public boolean isOne(Context ctx) {
        return CurrentUser.of(ctx).may(Scope.ADMIN) && users.find(CurrentUser.id(ctx)).map(User::isAdmin).orElse(false);
    }
}
