package ollamaweb.providers.ollama;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import okhttp3.Response;
import ollamaweb.providers.BoundedInput;
import ollamaweb.providers.ChatListener;
import ollamaweb.providers.ProviderException;
import ollamaweb.providers.StreamedChat;

/**
 * Reads what {@code POST /api/chat} and {@code /api/generate} answer: newline-delimited JSON objects until one says {@code done}. The parser reads
 * from the connection itself, so that no line is copied and none is waited for longer than needed.
 */
public final class OllamaChatFormat implements StreamedChat.Format {

    /** As much as one line may have; Ollama's own client allows as many. */
    private static final int MAX_LINE_BYTES = 8_000_000;

    private static final JsonFactory NDJSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(MAX_LINE_BYTES).build())
            .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
            .build();

    private final ChatListener listener;

    /** @param listener is told what is read */
    public OllamaChatFormat(ChatListener listener) {
        this.listener = listener;
    }

    @Override
    public boolean read(Response response, Runnable told) throws IOException {
        var input = new BoundedInput(response.body().byteStream(), MAX_LINE_BYTES, OllamaKind.OLLAMA);
        try (var parser = NDJSON.createParser(input)) {
            var line = new ChatLine();
            while (nextLine(parser, line)) {
                input.restart();
                listener.progress();
                tell(line);
                if (line.isDone()) {
                    listener.end(line.end());
                    return true;
                }
                told.run();
            }
        }
        return false;
    }

    private void tell(ChatLine line) {
        if (line.error() != null) {
            throw OllamaKind.midway(line.error());
        }
        if (!line.thinking().isEmpty()) {
            listener.thinking(line.thinking());
        }
        if (!line.content().isEmpty()) {
            listener.content(line.content());
        }
        line.toolCalls().forEach(listener::toolCall);
    }

    private static boolean nextLine(JsonParser parser, ChatLine line) throws IOException {
        var token = parser.nextToken();
        if (token == null) {
            return false;
        }
        if (token != JsonToken.START_OBJECT) {
            throw ProviderException.broken("Ollama sent something that is not an answer", null);
        }
        line.read(parser);
        return true;
    }
}
