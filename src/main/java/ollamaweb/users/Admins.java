package ollamaweb.users;

import io.javalin.http.Context;
import ollamaweb.db.Database;
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
            throw ApiException.forbidden("Only admins may do this");
        }
    }

    /** @return whether the caller is an admin, and came with a credential that is good for that */
    public boolean isOne(Context ctx) {
        return CurrentUser.of(ctx).may(Scope.ADMIN) && users.find(CurrentUser.id(ctx)).map(User::isAdmin).orElse(false);
    }
}
