package ollamaweb.users;

import java.time.Instant;
import ollamaweb.db.Transaction;
import ollamaweb.http.ApiException;

/** What an account says of its owner. */
public record Profile(String email, String displayName, String timezone) {

    public static final int MAX_DISPLAY_NAME = 100;
    public static final String DEFAULT_TIMEZONE = "UTC";

    /** @throws ApiException 409 if another account has the address */
    public void save(Transaction tx, long userId, Instant now) {
        var users = tx.dao(UserDao.class);
        var folded = EmailAddress.folded(email);
        if (users.isTaken(folded, userId)) {
            throw emailTaken();
        }
        users.update(userId, email, folded, displayName, timezone, now);
    }

    /** @return what a client hears of an address that belongs to another account */
    public static ApiException emailTaken() {
        return ApiException.conflict("Email is already registered");
    }
}
