package ollamaweb.http;

import io.javalin.http.Context;
import java.io.InputStream;

/**
 * Answers whose bytes are read as the client takes them, so that neither their size nor a client that reads slowly costs a
 * thread or much memory. How many are under way is bounded.
 */
public final class StreamedBytes {

    /** About what one answer under way takes. */
    private static final long MEMORY_BYTES = 512 * 1024;
    private static final int RETRY_SECONDS = 1;

    private final MemoryBudget underWay = new MemoryBudget(Runtime.getRuntime().maxMemory() / 8);

    /**
     * Answers 200 with the bytes. If they cannot be read to their end the connection is closed in the middle, so that nobody
     * takes them for whole.
     *
     * @param content its reads should not wait long
     * @param length  how many bytes there are
     * @throws ApiException 503 when there are too many such answers under way
     */
    public void send(Context ctx, InputStream content, long length) {
        long owner = CurrentUser.id(ctx);
        if (!underWay.take(owner, MEMORY_BYTES)) {
            throw ApiException.busy("Too many answers wait to be read, please try again", RETRY_SECONDS);
        }
        ctx.res().setContentLengthLong(length);
        AsyncAnswer.send(ctx, content, false, () -> underWay.giveBack(owner, MEMORY_BYTES));
    }
}
