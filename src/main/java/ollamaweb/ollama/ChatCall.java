package ollamaweb.ollama;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import okhttp3.Call;
import okhttp3.Response;

/**
 * One answer being read from {@code POST /api/chat}: newline-delimited JSON objects until one says {@code done}.
 * The parser reads from the socket itself, so that no line is copied and none is waited for longer than needed.
 */
public final class ChatCall {

    /** As much as one line may have; Ollama's own client allows as many. */
    private static final int MAX_LINE_BYTES = 8_000_000;

    private static final JsonFactory NDJSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(MAX_LINE_BYTES).build())
            .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
            .build();

    private final Call call;
    private final String model;

    ChatCall(Call call, String model) {
        this.call = call;
        this.model = model;
    }

    /**
     * Reads the answer to its end; blocks meanwhile.
     *
     * @return Ollama's {@code eval_count}, or null when it does not tell
     * @throws OllamaException for every other ending than {@code done:true}
     */
    public Integer run(ChatListener listener) {
        try (var response = call.execute()) {
            if (!response.isSuccessful()) {
                throw OllamaRefusal.of(response, model);
            }
            return read(response, listener);
        } catch (JacksonException e) {
            throw OllamaException.broken("Ollama sent something that is not an answer", e);
        } catch (OutboundGuard.ForbiddenAddressException e) {
            throw OllamaClient.forbidden(e);
        } catch (IOException e) {
            throw OllamaException.unreachable(e);
        }
    }

    /** Cancels the call at once, from any thread; Ollama stops computing. */
    public void cancel() {
        call.cancel();
    }

    private static Integer read(Response response, ChatListener listener) throws IOException {
        var input = new BoundedInput(response.body().byteStream(), MAX_LINE_BYTES);
        NetworkInput.tell(listener);
        try (var parser = NDJSON.createParser(input)) {
            var line = new ChatLine();
            while (nextLine(parser, line)) {
                input.restart();
                listener.heard();
                if (line.error() != null) {
                    throw OllamaRefusal.midway(line.error());
                }
                if (!line.content().isEmpty()) {
                    listener.said(line.content());
                }
                if (line.done()) {
                    return line.evalCount();
                }
            }
        } catch (JacksonException e) {
            throw e;
        } catch (IOException e) {
            throw OllamaException.broken("The connection to Ollama broke in the middle of the answer", e);
        } finally {
            NetworkInput.tell(null);
        }
        throw OllamaException.broken("Ollama ended the answer too early", null);
    }

    private static boolean nextLine(JsonParser parser, ChatLine line) throws IOException {
        var token = parser.nextToken();
        if (token == null) {
            return false;
        }
        if (token != JsonToken.START_OBJECT) {
            throw OllamaException.broken("Ollama sent something that is not an answer", null);
        }
        line.read(parser);
        return true;
    }
}
