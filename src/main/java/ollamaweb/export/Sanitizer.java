package ollamaweb.export;

import java.util.LinkedHashSet;
import java.util.List;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * Makes Markdown from elsewhere harmless: raw HTML becomes text, links and images keep only targets that
 * {@link LinkTarget} allows. All else, code above all, stays byte for byte. Sanitizing what was sanitized changes nothing.
 */
final class Sanitizer {

    /** One round is the rule; a second finds nothing, unless a text was made so that one change brings about the next. */
    private static final int MAX_ROUNDS = 5;

    /** The parser's own bounds; beyond them it reads as text what other readers may take for markup. */
    private static final int MAX_NESTING = 100;
    private static final int TRUSTED_NESTING = 90;

    /** About a tenth of a second. */
    private static final long AFFORDABLE_STEPS = 10_000_000;

    private static final Parser MARKDOWN = markdown().build();
    private static final Parser BLOCKS = markdown().inlineParserFactory(context -> (lines, block) -> {}).build();

    private Sanitizer() {}

    /** @return the Markdown, harmless; the same text if it was harmless before */
    static String sanitize(String markdown) {
        var text = markdown;
        for (int round = 0; round < MAX_ROUNDS; round++) {
            if (!hasMarkup(text)) {
                return text;
            }
            if (!isAffordable(text)) {
                break;
            }
            var threats = new UnsafeMarkup(text);
            MARKDOWN.parse(text).accept(threats);
            if (threats.depth() > TRUSTED_NESTING) {
                break;
            }
            if (threats.edits().isEmpty()) {
                return text;
            }
            text = threats.edits().apply(text);
        }
        return withoutMarkup(markdown);
    }

    /**
     * HTML blocks are unknown to it, so that what stands inside one is read as it will be once its tags are text. The
     * order of the others is the order in which they are tried.
     */
    private static Parser.Builder markdown() {
        var blocksWithoutHtml = List.of(BlockQuote.class, Heading.class, FencedCodeBlock.class,
                ThematicBreak.class, ListBlock.class, IndentedCodeBlock.class);
        return Parser.builder()
                .enabledBlockTypes(new LinkedHashSet<>(blocksWithoutHtml))
                .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
                .maxOpenBlockParsers(MAX_NESTING)
                .maxInlineNesting(MAX_NESTING);
    }

    /** HTML and autolinks need the one, links and images the other. */
    private static boolean hasMarkup(String text) {
        return text.indexOf('<') >= 0 || text.indexOf('[') >= 0;
    }

    private static boolean isAffordable(String text) {
        var cost = new ParseCost(text);
        BLOCKS.parse(text).accept(cost);
        return cost.steps() <= AFFORDABLE_STEPS;
    }

    /** For texts that were made to be misread, and for no others: not even their code can be trusted to be code. */
    private static String withoutMarkup(String text) {
        return text.replace("<", "&lt;").replace("[", "&#91;");
    }
}
