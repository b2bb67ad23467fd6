package ollamaweb.users;

import java.util.function.Consumer;
import ollamaweb.db.Transaction;
import ollamaweb.http.ApiException;
import ollamaweb.http.ClientAddress;
import ollamaweb.http.CurrentUser;

/** Asks for the password before something that only an account's owner may change. */
@FunctionalInterface
public interface PasswordProof {

    /**
     * @param currentPassword what the caller gave, or null
     * @param address         from where
     * @return to be run in the transaction of the change; throws if another password holds meanwhile
     * @throws ApiException 422 naming {@code current_password} if the account has a password and this is not it
     */
    Consumer<Transaction> require(CurrentUser user, String currentPassword, ClientAddress address);
}
