package ollamaweb.audit;

import io.javalin.http.Context;
import ollamaweb.http.ClientAddress;
import ollamaweb.http.CurrentUser;

/**
 * Who did something, and from where.
 *
 * @param userId  null for the console, and for who is not known
 * @param network what the address is counted by
 */
public record Actor(Long userId, String address, String network) {

    /** Whoever may use the command line of the server's machine. */
    public static final Actor CONSOLE = new Actor(null, "console", "console");

    public static Actor of(Long userId, ClientAddress address) {
        return new Actor(userId, address.text(), address.network());
    }

    /** @return who is signed in */
    public static Actor of(Context ctx) {
        return of(CurrentUser.id(ctx), ClientAddress.of(ctx));
    }
}
