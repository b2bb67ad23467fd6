package ollamaweb.search;

import ollamaweb.conversations.Conversation;

/**
 * What is searched for, and where.
 *
 * @param userId       whose messages
 * @param conversation where to look; null: everywhere
 * @param limit        how many messages are wanted, at least 1
 */
public record Search(long userId, Conversation conversation, SearchTerms terms, SearchFilter filter, int limit) {

    /** @return what is around the first place at which a message says what is searched for */
    public String snippet(String content) {
        return Snippet.of(content, terms.required().get(0).folded());
    }
}
