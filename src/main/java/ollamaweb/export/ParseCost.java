package ollamaweb.export;

import java.util.ArrayDeque;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;

/**
 * Reckons what a text will cost the parser of its lines. Each character that may mean something becomes a node. At each
 * bracket that closes, all since the one that opened is copied, and all that are still open are looked at: a thousand
 * honest links cost next to nothing, a thousand brackets inside each other do.
 */
final class ParseCost extends AbstractVisitor {

    private static final String MEANINGFUL = "[]<!*_`\\&";
    private static final int STEPS_PER_NODE = 100;

    private final String source;
    private long steps;

    ParseCost(String source) {
        this.source = source;
    }

    /** @return the steps for all the blocks that were visited */
    long steps() {
        return steps;
    }

    @Override
    public void visit(Paragraph paragraph) {
        reckon(paragraph);
    }

    @Override
    public void visit(Heading heading) {
        reckon(heading);
    }

    @Override
    public void visit(LinkReferenceDefinition definition) {
        reckon(definition);
    }

    private void reckon(Node block) {
        var open = new ArrayDeque<Integer>();
        for (var line : block.getSourceSpans()) {
            steps += STEPS_PER_NODE;
            for (int i = line.getInputIndex(); i < line.getInputIndex() + line.getLength(); i++) {
                char c = source.charAt(i);
                if (MEANINGFUL.indexOf(c) >= 0) {
                    steps += STEPS_PER_NODE;
                }
                if (c == '[') {
                    open.push(i);
                } else if (c == ']' && !open.isEmpty()) {
                    steps += i - open.pop() + open.size();
                }
            }
        }
    }
}
