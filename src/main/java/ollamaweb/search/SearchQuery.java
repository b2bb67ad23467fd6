package ollamaweb.search;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import ollamaweb.conversations.ConversationDraft;
import ollamaweb.http.Check;
import ollamaweb.http.Tags;
import ollamaweb.json.DateOrInstant;

/**
 * Body of {@code POST /api/chat/search}; {@link SearchFilter} tells of the rest.
 *
 * @param query          what to find
 * @param conversationId where to look; null: everywhere
 * @param limit          how many messages to show at most
 * @param mode           {@code words}: the query is words and phrases; else it is taken literally
 * @param cursor         where an earlier answer ended; empty: at the beginning, with a cursor in the answer
 */
record SearchQuery(
        String query,
        Long conversationId,
        Integer limit,
        String mode,
        String role,
        String modelName,
        String tag,
        DateOrInstant after,
        DateOrInstant before,
        String cursor) {

    private static final int MAX_LENGTH = 500;
    private static final int MAX_LIMIT = 50;
    private static final String WORDS = "words";
    private static final Pattern CURSOR = Pattern.compile("(?:(-?[0-9]{1,15})\\.([0-9]{1,18}))?");

    SearchQuery {
        Check.body()
                .requiredText("query", query, 1, MAX_LENGTH)
                .range("limit", limit, 1, MAX_LIMIT)
                .oneOf("mode", mode, WORDS, "text")
                .oneOf("role", role, "user", "assistant", "system", "tool")
                .text("model_name", modelName, 1, ConversationDraft.MAX_MODEL_NAME)
                .text("tag", tag, 1, Tags.MAX_LENGTH)
                .that(cursor == null || CURSOR.matcher(cursor).matches(), "cursor", "is not one that an answer had", "value_error")
                .that(query == null || !WORDS.equals(mode) || !SearchTerms.ofWords(query).required().isEmpty(), "query",
                        "has nothing in it that is to be found", "value_error")
                .orThrow();
        limit = limit == null ? MAX_LIMIT : limit;
    }

    /** @return whether the answer has a cursor; without, it is a plain list */
    boolean isPaged() {
        return Stream.of(mode, role, modelName, tag, after, before, cursor).anyMatch(Objects::nonNull);
    }

    Search search(int wanted) {
        return new Search(WORDS.equals(mode) ? SearchTerms.ofWords(query) : SearchTerms.ofText(query), filter(), wanted);
    }

    private SearchFilter filter() {
        var filter = new SearchFilter(role, modelName, tag, start(after), start(before), null, null);
        var place = CURSOR.matcher(cursor == null ? "" : cursor);
        return place.matches() && place.group(1) != null
                ? filter.from(Instant.ofEpochMilli(Long.parseLong(place.group(1))), Long.parseLong(place.group(2)))
                : filter;
    }

    /** A day begins at midnight UTC. */
    private static Instant start(DateOrInstant time) {
        return time == null ? null : time.start(ZoneOffset.UTC);
    }

    /** @return the cursor for what comes after a message */
    static String after(SearchHit last) {
        return last.createdAt().toEpochMilli() + "." + last.messageId();
    }
}
