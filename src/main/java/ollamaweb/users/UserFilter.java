package ollamaweb.users;

import io.javalin.http.Context;
import ollamaweb.http.Input;
import ollamaweb.json.Texts;

/**
 * Which accounts a list is to show; null asks for all.
 *
 * @param query    a part of the e-mail address or of the name, folded
 * @param disabled whether nothing opens them
 */
public record UserFilter(String query, Boolean isAdmin, Boolean disabled) {

    /** All accounts. */
    public static final UserFilter NONE = new UserFilter(null, null, null);

    private static final int LONGEST_QUERY = 254;

    static UserFilter of(Context ctx) {
        var query = Input.queryText(ctx, "query", LONGEST_QUERY);
        return new UserFilter(query == null ? null : Texts.fold(query.strip()), Input.queryChoice(ctx, "is_admin"),
                Input.queryChoice(ctx, "disabled"));
    }
}
