package ollamaweb.http;

import io.javalin.http.Context;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers whose bytes are read as the client takes them, so that neither their size nor a client that reads slowly costs a
 * thread or much memory. How many are under way is bounded. One ends with the credential that asked for it: clients that take nothing
 * for half a minute are disconnected, so each is looked at while it is remembered what was revoked.
 */
public final class StreamedBytes {

    private static final Logger log = LoggerFactory.getLogger(StreamedBytes.class);
    /** About what one answer under way takes. */
    private static final long MEMORY_BYTES = 512 * 1024;
    private static final int RETRY_SECONDS = 1;

    private final MemoryBudget underWay = new MemoryBudget(Runtime.getRuntime().maxMemory() / 8);
    private final RevokedCredentials revoked;

    public StreamedBytes(RevokedCredentials revoked) {
        this.revoked = revoked;
    }

    /** Where the bytes of an answer come from. */
    @FunctionalInterface
    public interface Source {
        InputStream open() throws IOException;
    }

    /**
     * Answers 200 with the bytes. If they cannot be read to their end the connection is closed in the middle, so that nobody
     * takes them for whole.
     *
     * @param content its reads should not wait long
     * @param length  how many bytes there are
     * @throws ApiException 503 when there are too many such answers under way
     */
    public void send(Context ctx, InputStream content, long length) {
        long owner = take(ctx);
        ctx.res().setContentLengthLong(length);
        AsyncAnswer.send(ctx, new Revocable(content, CurrentUser.of(ctx)), false, () -> underWay.giveBack(owner, MEMORY_BYTES));
    }

    /**
     * As {@link #send(Context, InputStream, long)}, of bytes that nobody has counted yet.
     *
     * @param source opens the content, which is closed when it is sent or the client has left
     */
    public void send(Context ctx, Source source) throws IOException {
        long owner = take(ctx);
        InputStream content;
        try {
            content = source.open();
        } catch (IOException | RuntimeException e) {
            underWay.giveBack(owner, MEMORY_BYTES);
            throw e;
        }
        AsyncAnswer.send(ctx, new Revocable(content, CurrentUser.of(ctx)), false, () -> {
            underWay.giveBack(owner, MEMORY_BYTES);
            close(content);
        });
    }

    private final class Revocable extends FilterInputStream {

        private final List<String> credentials;

        Revocable(InputStream content, CurrentUser user) {
            super(content);
            this.credentials = user.credentials();
        }

        @Override
        public int read(byte[] piece, int offset, int length) throws IOException {
            if (revoked.anyRecent(credentials)) {
                throw new RevokedException();
            }
            return in.read(piece, offset, length);
        }
    }

    private long take(Context ctx) {
        long owner = CurrentUser.id(ctx);
        if (!underWay.take(owner, MEMORY_BYTES)) {
            throw ApiException.busy("Too many answers wait to be read, please try again", RETRY_SECONDS);
        }
        return owner;
    }

    private static void close(InputStream content) {
        try {
            content.close();
        } catch (IOException e) {
            log.warn("What an answer was read from could not be closed", e);
        }
    }
}
