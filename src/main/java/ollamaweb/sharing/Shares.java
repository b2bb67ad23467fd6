package ollamaweb.sharing;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import ollamaweb.conversations.ConversationRoutes;
import ollamaweb.crypto.SecretKey;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.http.ApiException;

/** Links to conversations: whoever has the token may read. */
final class Shares {

    private static final int MOST = 100;
    private static final int TOKEN_BYTES = 32;

    private final Database database;
    private final SecretKey secret;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Shares(Database database, SecretKey secret, Clock clock) {
        this.database = database;
        this.secret = secret;
        this.clock = clock;
    }

    /** @param token shown this once */
    record NewShare(long id, String url, String token) {}

    /** @throws ApiException 404 if the user sees no such conversation, 403 for a member of it, 409 if it has very many links, 422 if it would have ended */
    NewShare create(long conversationId, long userId, ShareDraft draft) {
        var now = clock.instant();
        if (draft.expiresAt().filter(end -> !end.isAfter(now)).isPresent()) {
            throw ApiException.invalid("expires_at", "has to be in the future", "value_error");
        }
        var token = newToken();
        long id = database.write(userId, tx -> {
            ConversationRoutes.requireOwner(tx, conversationId, userId);
            var dao = tx.dao(ShareDao.class);
            if (dao.count(conversationId, userId) >= MOST) {
                throw ApiException.conflict("A conversation can have at most " + MOST + " shares");
            }
            return dao.insert(conversationId, userId, digest(token), draft.live(), now, draft.expiresAt().orElse(null))
                    .orElseThrow(ConversationRoutes::notFound);
        });
        return new NewShare(id, "/share/" + token, token);
    }

    /** @throws ApiException 404, the same for whatever reason it leads nowhere */
    SharedConversation find(Transaction tx, String token) {
        return tx.dao(ShareDao.class).find(digest(token), clock.instant()).orElseThrow(Shares::notFound);
    }

    static ApiException notFound() {
        return ApiException.notFound("Share not found");
    }

    private String newToken() {
        var bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private String digest(String token) {
        return secret.digest("share:" + token);
    }
}
