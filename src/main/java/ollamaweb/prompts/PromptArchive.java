package ollamaweb.prompts;

import java.time.Instant;
import java.util.List;
import ollamaweb.db.Transaction;
import ollamaweb.http.ApiException;

/** Prompts on their way out of an account and into one. */
public final class PromptArchive {

    /** How many an account can have. */
    static final int MOST = 1000;
    static final String TOO_MANY = "An account can have at most " + MOST + " prompts";

    private PromptArchive() {}

    /** @return those after one, in the order of their ids */
    public static List<Prompt> list(Transaction tx, long userId, long after, int limit) {
        return tx.dao(PromptArchiveDao.class).list(userId, after, limit);
    }

    /**
     * @param known the id of the one that came before; null: it is new
     * @param now   where the export tells no time
     * @return its id here
     * @throws ApiException 409 if the account has no room for it
     */
    public static long put(Transaction tx, long userId, Long known, ArchivedPrompt prompt, Instant now) {
        var dao = tx.dao(PromptArchiveDao.class);
        if (known != null && dao.update(known, userId, prompt, now)) {
            return known;
        }
        if (tx.dao(PromptDao.class).count(userId) >= MOST) {
            throw ApiException.conflict(TOO_MANY);
        }
        return dao.insert(userId, prompt, now);
    }
}
