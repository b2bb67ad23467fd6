package ollamaweb.http;

import io.javalin.http.Context;
import java.io.ByteArrayInputStream;

/**
 * Answers that no socket takes at once. Clients that do not read them hold no thread, and what all of them leave unread is
 * bounded.
 */
final class LargeAnswers {

    private static final int DIRECT_BYTES = 32 * 1024;
    private static final int RETRY_SECONDS = 1;

    private final MemoryBudget unread = new MemoryBudget(Runtime.getRuntime().maxMemory() / 8);

    /** To be run when the answer is made. */
    void send(Context ctx) {
        if (ctx.res().isCommitted() || !(ctx.resultInputStream() instanceof ByteArrayInputStream result)
                || result.available() <= DIRECT_BYTES) {
            return;
        }
        var user = CurrentUser.find(ctx);
        long owner = user == null ? MemoryBudget.ANONYMOUS : user.id();
        long size = result.available();
        if (!unread.takeOrOnly(owner, size)) {
            ErrorHandling.refused(ApiException.busy("Too many answers wait to be read, please try again", RETRY_SECONDS), ctx);
            return;
        }
        var bytes = result.readAllBytes();
        ctx.result(new byte[0]);
        boolean packed = AsyncAnswer.takesGzip(ctx);
        AsyncAnswer.send(ctx, packed ? AsyncAnswer.gzip(bytes) : bytes, packed, () -> unread.giveBack(owner, size));
    }
}
