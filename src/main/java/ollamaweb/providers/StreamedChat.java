package ollamaweb.providers;

import com.fasterxml.jackson.core.JacksonException;
import java.io.IOException;
import okhttp3.Call;
import okhttp3.Request;
import okhttp3.Response;
import ollamaweb.outbound.ForbiddenAddressException;

/** An answer that is read from a stream, of whatever format: what goes wrong on the way is told alike. */
public final class StreamedChat implements ChatCall {

    private final UpstreamHttp http;
    private final Call call;
    private final String model;
    private final ProviderKind kind;
    private final NetworkReads reads = new NetworkReads();
    private final ChatListener listener;
    private final Format format;

    /** Reads the body of one answer. */
    @FunctionalInterface
    public interface Format {

        /**
         * @param told to be run after each piece that the listener was told
         * @return false if the body ended before the answer did
         */
        boolean read(Response response, Runnable told) throws IOException;
    }

    /** @param listener the one that {@code format} tells of what it reads */
    public StreamedChat(UpstreamHttp http, Request request, String model, ProviderKind kind, ChatListener listener, Format format) {
        this.http = http;
        this.listener = listener;
        this.call = http.stream(request.newBuilder().header("Accept-Encoding", "identity").build(), reads);
        this.model = model;
        this.kind = kind;
        this.format = format;
    }

    @Override
    public void run() {
        try (var response = call.execute()) {
            if (!response.isSuccessful()) {
                throw kind.refusal(response, model);
            }
            read(response);
        } catch (JacksonException e) {
            throw ProviderException.broken(kind.title() + " sent something that is not an answer", e);
        } catch (ForbiddenAddressException e) {
            throw ProviderException.forbidden(e);
        } catch (IOException e) {
            throw ProviderException.unreachable(kind.title(), e);
        }
    }

    @Override
    public void cancel() {
        call.cancel();
    }

    private void read(Response response) throws IOException {
        reads.begin(listener::caughtUp);
        try {
            if (!format.read(response, reads::told)) {
                http.dropIdleConnections();
                throw ProviderException.broken(kind.title() + " ended the answer too early", null);
            }
        } catch (JacksonException e) {
            throw e;
        } catch (IOException e) {
            throw ProviderException.broken("The connection to " + kind.title() + " broke in the middle of the answer", e);
        } finally {
            reads.end();
        }
    }
}
