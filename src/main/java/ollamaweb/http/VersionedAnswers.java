package ollamaweb.http;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import java.io.ByteArrayInputStream;

/**
 * Names the version of what a GET shows by its content, and leaves the content out for a client that has it. Answers that
 * are written while they are read have no name: it would have to be known before their first byte. (Javalin's own way is a
 * checksum of 32 bits, which two versions may share.)
 */
final class VersionedAnswers {

    /** A longer answer is not copied to be named: what many clients leave unread is bounded only once it is on its way. */
    private static final int MOST_BYTES = 1024 * 1024;

    private VersionedAnswers() {}

    /** To be run when the answer is made and before it is packed. */
    static void check(Context ctx) {
        if (!ctx.method().equals(HandlerType.GET) || ctx.statusCode() != HttpStatus.OK.getCode() || ctx.res().isCommitted()
                || ctx.res().containsHeader(Header.ETAG) || !(ctx.resultInputStream() instanceof ByteArrayInputStream result)
                || result.available() > MOST_BYTES) {
            return;
        }
        var content = result.readAllBytes();
        result.reset();
        if (content.length > 0 && EntityTag.of(content, Envelope.lengthWithoutTime(content)).isKnown(ctx)) {
            ctx.result(new byte[0]);
        }
    }
}
