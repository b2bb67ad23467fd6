package ollamaweb.auth;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Instant;
import java.util.Optional;
import ollamaweb.auth.CredentialDao.Credential;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.http.ApiException;
import ollamaweb.http.ClientAddress;

/** Tells whether a password is right, as often as one may ask, and remembers from where it was. */
final class PasswordVerifier {

    private static final int ADDRESSES_KEPT = 20;
    private static final long NOBODY = -1;

    private final SignInAddressDao addresses;
    private final Passwords passwords;
    private final SignInLimits limits;

    PasswordVerifier(Database database, Passwords passwords, Ticker ticker) {
        this.addresses = database.reader(SignInAddressDao.class);
        this.passwords = passwords;
        this.limits = new SignInLimits(ticker);
    }

    /** @return how often one may ask */
    SignInLimits limits() {
        return limits;
    }

    /**
     * @param name    what the account is called, whether it exists or not
     * @param account whose password it is said to be
     * @param address where the caller is
     * @return whether it is the account's password; false for no account, after the same time
     * @throws ApiException 429 after too many wrong ones, or when too many are looked at already
     */
    boolean isRight(String password, String name, Optional<Credential> account, ClientAddress address) {
        boolean known = addresses.isKnown(account.map(Credential::userId).orElse(NOBODY), address.network());
        try (var attempt = limits.begin(name, address.network(), known)) {
            if (!passwords.matches(password, account, attempt.hasGoodRecord())) {
                attempt.failed();
                return false;
            }
            attempt.succeeded();
            return true;
        }
    }

    /** Remembers that the account was entered from this address. */
    static void remember(Transaction tx, long userId, ClientAddress address, Instant now) {
        var dao = tx.dao(SignInAddressDao.class);
        dao.put(userId, address.network(), now);
        dao.deleteOld(userId, ADDRESSES_KEPT);
    }

    /** As {@link #remember}; all other addresses are forgotten, since whoever used them may know the old password. */
    static void rememberOnly(Transaction tx, long userId, ClientAddress address, Instant now) {
        remember(tx, userId, address, now);
        tx.dao(SignInAddressDao.class).deleteOthers(userId, address.network());
    }
}
