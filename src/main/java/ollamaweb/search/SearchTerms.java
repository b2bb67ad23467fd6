package ollamaweb.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import ollamaweb.json.Texts;

/**
 * What a message has to say to be found, and what it must not say.
 *
 * @param required not empty
 */
public record SearchTerms(List<Term> required, List<Term> excluded) {

    private static final Pattern TERM = Pattern.compile("(-)?(?:\"([^\"]*)\"?|(\\S+))");

    /**
     * A part of a text.
     *
     * @param text    as it was typed
     * @param folded  as it is compared
     * @param isWhole whether it has to begin and end where words do
     */
    public record Term(String text, String folded, boolean isWhole) {

        static Term of(String text, boolean isWhole) {
            return new Term(text, Texts.fold(text), isWhole);
        }

        boolean isIn(String foldedContent) {
            int at = foldedContent.indexOf(folded);
            while (isWhole && at >= 0 && !(Words.isBorder(foldedContent, at) && Words.isBorder(foldedContent, at + folded.length()))) {
                at = foldedContent.indexOf(folded, at + 1);
            }
            return at >= 0;
        }
    }

    /** The whole text as it is typed, anywhere in a message. */
    static SearchTerms ofText(String text) {
        return new SearchTerms(List.of(Term.of(text, false)), List.of());
    }

    /**
     * Words, and phrases in quotation marks, that all have to be there, in any order; what has a minus before it must not.
     * A quotation mark or a minus of which nothing follows is left out.
     */
    static SearchTerms ofWords(String words) {
        var required = new ArrayList<Term>();
        var excluded = new ArrayList<Term>();
        for (var found = TERM.matcher(words); found.find();) {
            var text = found.group(2) == null ? found.group(3) : found.group(2).strip();
            if (!text.isEmpty() && !text.equals("-")) {
                (found.group(1) == null ? required : excluded).add(Term.of(text, true));
            }
        }
        return new SearchTerms(required.stream().distinct().toList(), excluded.stream().distinct().toList());
    }

    /** @return the longest one that has to be there, which is found in the fewest messages, most of the time */
    public Term longest() {
        return required.stream().max(Comparator.comparingInt(term -> term.folded().length())).orElseThrow();
    }

    /** @return whether no message can say what it has to without saying what it must not */
    boolean contradictThemselves() {
        return required.stream().filter(Term::isWhole).anyMatch(term -> excluded.stream().anyMatch(other -> other.isIn(term.folded())));
    }

    /** @return whether a message says what it has to, and nothing that it must not */
    public boolean match(String foldedContent) {
        return required.stream().allMatch(term -> term.isIn(foldedContent))
                && excluded.stream().noneMatch(term -> term.isIn(foldedContent));
    }
}
