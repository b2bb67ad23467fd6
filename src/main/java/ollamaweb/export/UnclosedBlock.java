package ollamaweb.export;

import java.util.List;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;

/** Finds what a Markdown text leaves open at its end, and would swallow what follows with: a code fence, or raw HTML. */
final class UnclosedBlock {

    private record Html(String opening, String closing) {}

    /** The raw HTML that a blank line does not end. */
    private static final List<Html> ENDLESS_HTML = List.of(
            new Html("<!--", "-->"),
            new Html("<![CDATA[", "]]>"),
            new Html("<!", ">"),
            new Html("<?", "?>"),
            new Html("<script", "</script>"),
            new Html("<style", "</style>"),
            new Html("<textarea", "</textarea>"),
            new Html("<pre", "</pre>"));

    /** Knows blocks only, since nothing inside a line stays open. */
    private static final Parser BLOCKS = Parser.builder().inlineParserFactory(context -> (lines, block) -> {}).build();

    private UnclosedBlock() {}

    /** @return the line that closes what the text leaves open, or an empty text */
    static String closing(String markdown) {
        if (!markdown.contains("```") && !markdown.contains("~~~") && !markdown.contains("<")) {
            return "";
        }
        var last = BLOCKS.parse(markdown + "\n\n# What follows\n").getLastChild();
        return last instanceof Heading ? "" : closing(last) + "\n";
    }

    private static String closing(Node open) {
        if (open instanceof FencedCodeBlock fence) {
            return fence.getFenceCharacter().repeat(fence.getOpeningFenceLength());
        }
        var html = ((HtmlBlock) open).getLiteral().stripLeading();
        return ENDLESS_HTML.stream()
                .filter(kind -> html.regionMatches(true, 0, kind.opening(), 0, kind.opening().length()))
                .map(Html::closing)
                .findFirst().orElseThrow();
    }
}
