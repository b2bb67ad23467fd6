package ollamaweb.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * JSON answers that are written while they are read: part by part, at the pace of the client, so that neither their size
 * nor a client that reads slowly costs a thread or much memory. How many are under way is bounded.
 */
public final class StreamedJson {

    /** About what one answer under way takes. */
    /** All who are not signed in count as one. */
    private static final long ANYBODY = 0;
    private static final long MEMORY_BYTES = 128 * 1024;
    private static final int RETRY_SECONDS = 1;

    private final MemoryBudget underWay = new MemoryBudget(Runtime.getRuntime().maxMemory() / 8);

    /** One JSON document; called by one thread at a time. */
    @FunctionalInterface
    public interface Body {

        /**
         * Writes the next part, some tens of KiB.
         *
         * @return whether there is more to write
         */
        boolean writeNext(JsonGenerator json) throws IOException;
    }

    /**
     * Answers 200 with the document. A failure of its first part is answered as any other; once its first byte is written
     * there is no status any more, and the connection is closed in the middle of the document, so that nobody takes it for
     * whole.
     *
     * @throws ApiException 503 when there are too many such answers under way
     */
    public void send(Context ctx, Body body) {
        try {
            var document = new JsonDocumentStream(body);
            if (document.isWhole()) {
                ctx.contentType("application/json").result(document.firstPart());
            } else {
                sendSlowly(ctx, document);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void sendSlowly(Context ctx, JsonDocumentStream document) throws IOException {
        var user = CurrentUser.find(ctx);
        long owner = user == null ? ANYBODY : user.id();
        if (!underWay.take(owner, MEMORY_BYTES)) {
            throw ApiException.busy("Too many answers wait to be read, please try again", RETRY_SECONDS);
        }
        ctx.contentType("application/json");
        boolean packed = AsyncAnswer.takesGzip(ctx);
        if (packed) {
            document.pack();
        }
        BodyMemory.release(ctx);
        AsyncAnswer.send(ctx, document, packed, () -> underWay.giveBack(owner, MEMORY_BYTES));
    }
}
