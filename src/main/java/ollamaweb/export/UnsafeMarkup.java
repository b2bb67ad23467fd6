package ollamaweb.export;

import java.util.Set;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/** Walks through parsed Markdown and notes, at their places in the source, the edits that make it harmless. */
final class UnsafeMarkup extends AbstractVisitor {

    private static final int NO_LIMIT = Integer.MAX_VALUE;

    /** Tells only whether a line starts an HTML block. */
    private static final Parser HTML_BLOCKS = Parser.builder()
            .enabledBlockTypes(Set.of(HtmlBlock.class))
            .inlineParserFactory(context -> (lines, block) -> {})
            .build();

    private final String source;
    private final Edits edits = new Edits();
    private int depth;
    private int deepest;

    UnsafeMarkup(String source) {
        this.source = source;
    }

    Edits edits() {
        return edits;
    }

    /** @return how deeply the visited nodes are nested */
    int depth() {
        return deepest;
    }

    @Override
    protected void visitChildren(Node parent) {
        deepest = Math.max(deepest, ++depth);
        super.visitChildren(parent);
        depth--;
    }

    /** The whole tag becomes text, with nothing in it that would then be code or a link. */
    @Override
    public void visit(HtmlInline html) {
        for (var span : html.getSourceSpans()) {
            edits.replace(start(span), end(span), asText(source.substring(start(span), end(span))));
        }
    }

    /** What is no tag to Markdown may still begin one to a browser. */
    @Override
    public void visit(Text text) {
        for (var span : text.getSourceSpans()) {
            for (int i = start(span); i < end(span); i++) {
                if (opensTag(i) && !isEscaped(i, start(span))) {
                    edits.replace(i, i + 1, "&lt;");
                }
            }
        }
    }

    @Override
    public void visit(Link link) {
        dropTarget(link, link.getDestination());
        visitChildren(link);
    }

    @Override
    public void visit(Image image) {
        dropTarget(image, image.getDestination());
        visitChildren(image);
    }

    @Override
    public void visit(LinkReferenceDefinition definition) {
        if (!LinkTarget.isAllowed(definition.getDestination())) {
            int labelEnd = unescaped(']', skipBlanks(definition, 0) + 1);
            dropTarget(skipBlanks(definition, labelEnd + 2), NO_LIMIT);
        }
        escapeHtmlBlocks(definition);
    }

    @Override
    public void visit(Paragraph paragraph) {
        escapeHtmlBlocks(paragraph);
        visitChildren(paragraph);
    }

    @Override
    public void visit(Heading heading) {
        escapeHtmlBlocks(heading);
        visitChildren(heading);
    }

    /** A later line of a block may start raw HTML even where the block, read without HTML, has code or a link. */
    private void escapeHtmlBlocks(Node block) {
        block.getSourceSpans().stream().skip(1).forEach(line -> {
            int first = skipBlanks(line, 0);
            if (first < end(line) && source.charAt(first) == '<' && startsHtmlBlock(source.substring(start(line), end(line)))) {
                edits.replace(first, first + 1, "&lt;");
            }
        });
    }

    /** A tab counts as one blank: most of it may belong to the list that the line is in. */
    private static boolean startsHtmlBlock(String line) {
        return HTML_BLOCKS.parse("paragraph\n" + line.replace('\t', ' ')).getLastChild() instanceof HtmlBlock;
    }

    private void dropTarget(Node link, String destination) {
        if (LinkTarget.isAllowed(destination)) {
            return;
        }
        var spans = link.getSourceSpans();
        int start = start(spans.get(0));
        int end = end(spans.get(spans.size() - 1));
        switch (source.charAt(end - 1)) {
            case '>' -> edits.replace(start, end, asText(source.substring(start, end))); // <std::string> is meant as text
            case ')' -> dropTarget(skipBlanks(link, source.indexOf("](", endOfText(link)) + 2), end - 1);
            default -> {
            } // by reference: the target is dropped where it is defined
        }
    }

    /** @param limit where the link's closing bracket is; a target that ends there may be left out altogether */
    private void dropTarget(int start, int limit) {
        if (source.charAt(start) == '<') {
            edits.replace(start + 1, unescaped('>', start + 1), "");
            return;
        }
        int end = start;
        while (end < Math.min(limit, source.length()) && source.charAt(end) != ' ' && !Character.isISOControl(source.charAt(end))) {
            end++;
        }
        edits.replace(start, end, end == limit ? "" : "<>");
    }

    /** @return where the last thing between the link's brackets ends; a line break has no place of its own */
    private static int endOfText(Node link) {
        for (var child = link.getLastChild(); child != null; child = child.getPrevious()) {
            var spans = child.getSourceSpans();
            if (!spans.isEmpty()) {
                return end(spans.get(spans.size() - 1));
            }
        }
        return start(link.getSourceSpans().get(0));
    }

    private static String asText(String html) {
        return html.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
                .replace("`", "&#96;").replace("[", "&#91;").replace("]", "&#93;").replace("\\", "&#92;");
    }

    private boolean opensTag(int i) {
        if (source.charAt(i) != '<') {
            return false;
        }
        char next = i + 1 < source.length() ? source.charAt(i + 1) : ' ';
        return next == '/' || next == '!' || next == '?' || next >= 'A' && next <= 'Z' || next >= 'a' && next <= 'z';
    }

    private boolean isEscaped(int i, int from) {
        int backslash = i;
        while (backslash > from && source.charAt(backslash - 1) == '\\') {
            backslash--;
        }
        return (i - backslash) % 2 == 1;
    }

    /** @return the place of the character, the first one without a backslash before it */
    private int unescaped(char wanted, int from) {
        int i = from;
        while (source.charAt(i) != wanted) {
            i += source.charAt(i) == '\\' ? 2 : 1;
        }
        return i;
    }

    /** @return the first place from there on that is the node's (not a quote's or list's mark) and not blank */
    private int skipBlanks(Node node, int from) {
        return node.getSourceSpans().stream()
                .filter(line -> skipBlanks(line, from) < end(line))
                .mapToInt(line -> skipBlanks(line, from))
                .findFirst().orElseThrow();
    }

    private int skipBlanks(SourceSpan line, int from) {
        int i = Math.max(start(line), from);
        while (i < end(line) && Character.isWhitespace(source.charAt(i))) {
            i++;
        }
        return i;
    }

    private static int start(SourceSpan span) {
        return span.getInputIndex();
    }

    private static int end(SourceSpan span) {
        return span.getInputIndex() + span.getLength();
    }
}
