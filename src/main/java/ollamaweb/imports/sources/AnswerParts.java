package ollamaweb.imports.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;

/**
 * An answer that its source tells in parts: thoughts, texts, calls of tools and what the tools gave. It becomes the messages
 * that Ollama makes of it: a message that calls tools ends there, the tools answer, and the next one goes on.
 */
public final class AnswerParts {

    private static final int CALLS_AT_ONCE = 3 * ToolCalls.LONGEST_ARGUMENTS;
    private static final String BETWEEN = "\n\n";

    private final List<Piece> pieces = new ArrayList<>();

    /** What is said at once, and what the tools gave that it called. */
    private record Piece(StringBuilder text, StringBuilder thinking, ToolCalls calls, List<Result> results) {}

    private record Result(String toolName, String content) {}

    public AnswerParts think(String thought) {
        append(speaking().thinking(), thought);
        return this;
    }

    public AnswerParts text(String text) {
        append(speaking().text(), text);
        return this;
    }

    /** @param arguments an object or a text that is one */
    public AnswerParts call(String name, JsonNode arguments) {
        if (last().calls().length() > CALLS_AT_ONCE) {
            begin();
        }
        if (!last().calls().add(name, arguments)) {
            text(Fence.of("json", arguments.isTextual() ? arguments.asText() : ToolCalls.write(arguments)));
            last().calls().add(name, MissingNode.getInstance());
        }
        return this;
    }

    /** @param content what the tool gave; null: nothing was told of it */
    public AnswerParts result(String toolName, String content) {
        if (content != null) {
            last().results().add(new Result(toolName, content));
        }
        return this;
    }

    /** @return whether nothing was said */
    public boolean isEmpty() {
        return pieces.stream().allMatch(piece -> piece.text().isEmpty() && piece.thinking().isEmpty() && piece.calls().isEmpty()
                && piece.results().isEmpty());
    }

    /** @return whether there is a text */
    public boolean hasText() {
        return pieces.stream().anyMatch(piece -> !piece.text().isEmpty());
    }

    /**
     * @param message of the answer, whose text, thoughts and calls are those of the parts; the last message has its id, so that
     *                what follows the answer follows that
     */
    public List<SourceMessage> messages(MessageBuilder message) {
        var made = new ArrayList<MessageBuilder>();
        var answer = message;
        for (int i = 0; i < Math.max(1, pieces.size()); i++) {
            var piece = pieces.isEmpty() ? last() : pieces.get(i);
            // The first that speaks has the files; the last of several is where the costs belong, but who reads sums them up.
            answer = i == 0 ? message : message.sameTurn(null, null, message.role());
            made.add(answer.content(piece.text().toString()).thinking(piece.thinking().toString()).toolCalls(piece.calls().json()));
            piece.results().forEach(result -> made.add(
                    message.sameTurn(null, null, Role.TOOL).toolName(result.toolName()).content(result.content())));
        }
        return placed(made, message.id(), message.parentId());
    }

    private static List<SourceMessage> placed(List<MessageBuilder> made, String id, String parentId) {
        var messages = new ArrayList<SourceMessage>(made.size());
        var parent = parentId;
        for (int i = 0; i < made.size(); i++) {
            var own = i == made.size() - 1 ? id : id + "#" + (i + 1);
            messages.add(made.get(i).place(own, parent).build());
            parent = own;
        }
        return messages;
    }

    private Piece speaking() {
        var piece = last();
        return piece.calls().isEmpty() && piece.results().isEmpty() ? piece : begin();
    }

    private Piece last() {
        return pieces.isEmpty() ? begin() : pieces.get(pieces.size() - 1);
    }

    private Piece begin() {
        var piece = new Piece(new StringBuilder(), new StringBuilder(), new ToolCalls(), new ArrayList<>());
        pieces.add(piece);
        return piece;
    }

    private static void append(StringBuilder to, String text) {
        if (text != null && !text.isBlank()) {
            to.append(to.isEmpty() ? "" : BETWEEN).append(text);
        }
    }
}
