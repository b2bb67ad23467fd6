package ollamaweb.gateway;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import ollamaweb.json.Json;
import ollamaweb.providers.ChatEnd;
import ollamaweb.providers.ProviderException;
import ollamaweb.providers.ToolCall;

/**
 * What a model says, told as {@code POST /api/chat} does: line by line as it comes, or as one at the end. Not safe for several
 * threads.
 */
final class OllamaLines {

    private static final int MAX_WHOLE = 16 * 1024 * 1024;

    private final String model;
    private final boolean stream;
    private final Clock clock;
    private final Consumer<byte[]> out;
    private final StringBuilder content = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();
    private final List<ToolCall> calls = new ArrayList<>();
    private final long begun = System.nanoTime();

    private record Failed(String error) {}

    /**
     * @param stream whether each piece is a line of its own
     * @param out    takes each line, as it is sent
     */
    OllamaLines(String model, boolean stream, Clock clock, Consumer<byte[]> out) {
        this.model = model;
        this.stream = stream;
        this.clock = clock;
        this.out = out;
    }

    String mediaType() {
        return stream ? "application/x-ndjson" : "application/json; charset=utf-8";
    }

    void content(String piece) {
        if (stream) {
            out.accept(OllamaLine.piece(model, clock.instant(), piece, "", List.of()).bytes());
        } else {
            keep(content, piece);
        }
    }

    void thinking(String piece) {
        if (stream) {
            out.accept(OllamaLine.piece(model, clock.instant(), "", piece, List.of()).bytes());
        } else {
            keep(thinking, piece);
        }
    }

    void toolCall(ToolCall tool) {
        if (stream) {
            out.accept(OllamaLine.piece(model, clock.instant(), "", "", List.of(tool)).bytes());
        } else {
            calls.add(tool);
        }
    }

    void end(ChatEnd end) {
        out.accept(OllamaLine.last(model, clock.instant(), content.toString(), thinking.toString(), calls, end, System.nanoTime() - begun)
                .bytes());
    }

    /** @return the line that ends an answer which has begun and fails */
    static byte[] failure(ProviderException e) {
        return (Json.write(new Failed(e.getMessage())) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static void keep(StringBuilder text, String piece) {
        if (text.length() + piece.length() > MAX_WHOLE) {
            throw ProviderException.broken("The answer is too long", null);
        }
        text.append(piece);
    }
}
