package ollamaweb.search;

/**
 * What is searched for.
 *
 * @param limit how many messages are wanted, at least 1
 */
public record Search(SearchTerms terms, SearchFilter filter, int limit) {

    /** @return the same, whatever conversations are filed under */
    Search untagged() {
        return new Search(terms, filter.untagged(), limit);
    }

    /** @return what is around the first place at which a message says what is searched for */
    public String snippet(String content) {
        return Snippet.of(content, terms.required().get(0).folded());
    }
}
