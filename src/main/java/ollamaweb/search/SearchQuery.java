package ollamaweb.search;

import ollamaweb.http.Check;

/**
 * Body of {@code POST /api/chat/search}.
 *
 * @param query          what to find, taken literally
 * @param conversationId where to look; null: everywhere
 * @param limit          how many messages to show at most
 */
public record SearchQuery(String query, Long conversationId, Integer limit) {

    private static final int MAX_LENGTH = 500;
    private static final int MAX_LIMIT = 50;

    public SearchQuery {
        Check.body()
                .requiredText("query", query, 1, MAX_LENGTH)
                .range("limit", limit, 1, MAX_LIMIT)
                .orThrow();
        limit = limit == null ? MAX_LIMIT : limit;
    }
}
