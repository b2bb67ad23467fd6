package ollamaweb.providers.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import ollamaweb.json.Texts;
import ollamaweb.providers.ChatListener;
import ollamaweb.providers.ProviderException;
import ollamaweb.providers.ProviderKind;
import ollamaweb.providers.ToolCall;

/** Calls of tools come in pieces, each with the number of its call; they are told whole, once all has come. */
final class ToolCallPieces {

    private static final int MAX_CALLS = 128;
    private static final int MAX_CHARACTERS = 1024 * 1024;

    private final List<Pieces> calls = new ArrayList<>();
    private final ProviderKind kind;
    private int characters;

    /** What has come of one call. */
    private static final class Pieces {
        private final int index;
        private String id;
        private String name;
        private final StringBuilder arguments = new StringBuilder();

        Pieces(int index) {
            this.index = index;
        }
    }

    /** @param kind who is said to have sent too much */
    ToolCallPieces(ProviderKind kind) {
        this.kind = kind;
    }

    /** @param pieces a list, or anything else where there are none */
    void add(JsonNode pieces) {
        pieces.forEach(this::addPiece);
    }

    private void addPiece(JsonNode piece) {
        var id = text(piece.path("id"));
        var call = call(piece.path("index").asInt(0), id);
        var function = piece.path("function");
        var name = text(function.path("name"));
        var arguments = function.path("arguments").isObject()
                ? function.path("arguments").toString()
                : text(function.path("arguments"));
        call.id = id == null ? call.id : id;
        call.name = name == null ? call.name : name;
        characters += arguments == null ? 0 : arguments.length();
        if (characters > MAX_CHARACTERS) {
            throw ProviderException.broken(kind.title() + " sent more than " + MAX_CHARACTERS + " characters to call tools with", null);
        }
        call.arguments.append(arguments == null ? "" : arguments);
    }

    /** Some servers give all calls the same number; another id is another call all the same. */
    private Pieces call(int index, String id) {
        for (int i = calls.size() - 1; i >= 0; i--) {
            var known = calls.get(i);
            if (known.index == index && (id == null || known.id == null || known.id.equals(id))) {
                return known;
            }
        }
        if (calls.size() == MAX_CALLS) {
            throw ProviderException.broken(kind.title() + " wants to call more than " + MAX_CALLS + " tools", null);
        }
        var call = new Pieces(index);
        calls.add(call);
        return call;
    }

    /** Tells all calls that have a name, in their order. */
    void tell(ChatListener listener) {
        for (var call : calls) {
            if (call.name != null) {
                listener.toolCall(new ToolCall(call.id, call.name, call.arguments.isEmpty() ? "{}" : call.arguments.toString()));
            }
        }
    }

    /** @return null where there is none */
    private static String text(JsonNode value) {
        return value.isTextual() && !value.textValue().isEmpty() ? Texts.keepable(value.textValue()) : null;
    }
}
