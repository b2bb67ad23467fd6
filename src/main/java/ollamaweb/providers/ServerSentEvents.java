package ollamaweb.providers;

import java.io.IOException;
import java.io.InputStream;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okhttp3.sse.EventSource;
import okhttp3.sse.EventSourceListener;
import okhttp3.sse.EventSources;
import okio.Okio;

/** Reads the events of a {@code text/event-stream}, on the thread that asks for it. */
public final class ServerSentEvents {

    /** As much as one event may have. */
    private static final int MAX_EVENT_BYTES = 8_000_000;
    private static final MediaType EVENT_STREAM = MediaType.get("text/event-stream");
    private static final Request NO_REQUEST = new Request.Builder().url("http://localhost/").build();

    /** Hears each event as it comes. */
    @FunctionalInterface
    public interface Handler {

        /**
         * @param type as the stream names it, or null
         * @param data its lines
         * @return whether it was the last one
         */
        boolean event(String type, String data) throws IOException;
    }

    private ServerSentEvents() {}

    /**
     * Reads until an event is the last one; closes the body then.
     *
     * @param kind who is said to have sent too much, if an event does not end
     * @return false if the body ended before
     * @throws IOException       if it cannot be read
     * @throws ProviderException if an event is too long
     */
    public static boolean read(InputStream body, ProviderKind kind, Handler handler) throws IOException {
        var input = new BoundedInput(body, MAX_EVENT_BYTES, kind);
        var reading = new Reading(handler, input);
        EventSources.processResponse(new Response.Builder()
                .request(NO_REQUEST)
                .protocol(Protocol.HTTP_1_1)
                .code(200)
                .message("")
                .body(ResponseBody.create(Okio.buffer(Okio.source(input)), EVENT_STREAM, -1))
                .build(), reading);
        return reading.hasEnded();
    }

    /** @return whether a response says that it is such a stream */
    public static boolean isIn(Response response) {
        var type = response.body().contentType();
        return type != null && type.type().equals(EVENT_STREAM.type()) && type.subtype().equals(EVENT_STREAM.subtype());
    }

    /** Whatever a handler throws comes out again where the events are read. */
    private static final class Reading extends EventSourceListener {

        private final Handler handler;
        private final BoundedInput input;
        private boolean ended;
        private Exception failure;

        Reading(Handler handler, BoundedInput input) {
            this.handler = handler;
            this.input = input;
        }

        @Override
        public void onEvent(EventSource source, String id, String type, String data) {
            input.restart();
            if (data.isBlank()) {
                return;
            }
            try {
                ended = handler.event(type, data);
            } catch (IOException | RuntimeException e) {
                failure = e;
            }
            if (ended || failure != null) {
                source.cancel();
            }
        }

        @Override
        public void onFailure(EventSource source, Throwable thrown, Response response) {
            if (!ended && failure == null && (thrown instanceof IOException || thrown instanceof ProviderException)) {
                failure = (Exception) thrown; // any other one means that the last line does not end
            }
        }

        boolean hasEnded() throws IOException {
            if (failure instanceof IOException broken) {
                throw broken;
            }
            if (failure instanceof RuntimeException thrown) {
                throw thrown;
            }
            return ended;
        }
    }
}
