package ollamaweb.http;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Lets a client read the answer to a request whose body was not taken: a connection that is closed while bytes still
 * arrive is reset, and the answer is lost with it. What arrives is thrown away for a few seconds, as nginx does
 * ({@code lingering_close}).
 */
final class LingeringClose extends Handler.Wrapper {

    private static final long LIMIT_MILLIS = 5_000;

    LingeringClose(Handler handler) {
        super(handler);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        // One that waits for "100 Continue" sends nothing after an answer.
        boolean holdsBack = request.getHeaders().contains(HttpHeader.EXPECT);
        boolean hasBody = request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
        if (!hasBody || holdsBack) {
            return super.handle(request, response, callback);
        }
        var open = new OpenRequest(request);
        return super.handle(open, response, new Drain(open, callback));
    }

    /** @return whether the body has ended; what has arrived of it is thrown away */
    private static boolean readAll(Request request) {
        for (Content.Chunk chunk; (chunk = request.read()) != null;) {
            boolean last = chunk.isLast() || Content.Chunk.isFailure(chunk);
            chunk.release();
            if (last) {
                return true;
            }
        }
        return false;
    }

    /** A request whose body can still be read when it is answered, even if its handler waits for more of it. */
    private static final class OpenRequest extends Request.Wrapper {

        private final AtomicReference<Runnable> demanded = new AtomicReference<>();

        OpenRequest(Request request) {
            super(request);
        }

        @Override
        public boolean consumeAvailable() {
            return readAll(getWrapped());
        }

        /** In place of a demand that is pending. */
        @Override
        public void demand(Runnable demand) {
            if (demanded.getAndSet(demand) == null) {
                super.demand(() -> demanded.getAndSet(null).run());
            }
        }
    }

    /** Completes the request once its body has ended or the time is over. */
    private static final class Drain extends Callback.Nested {

        private final Request request;
        private final AtomicBoolean ended = new AtomicBoolean();

        Drain(Request request, Callback callback) {
            super(callback);
            this.request = request;
        }

        @Override
        public void succeeded() {
            goOn();
            if (!ended.get()) {
                var connector = request.getConnectionMetaData().getConnector();
                connector.getScheduler().schedule(() -> connector.getExecutor().execute(this::end), LIMIT_MILLIS, TimeUnit.MILLISECONDS);
            }
        }

        private void goOn() {
            if (readAll(request)) {
                end();
            } else if (!ended.get()) {
                request.demand(this::goOn);
            }
        }

        private void end() {
            if (ended.compareAndSet(false, true)) {
                super.succeeded();
            }
        }
    }
}
