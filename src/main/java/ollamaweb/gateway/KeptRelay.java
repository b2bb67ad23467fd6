package ollamaweb.gateway;

import com.fasterxml.jackson.core.JacksonException;
import java.io.IOException;
import java.io.InputStream;
import okhttp3.Call;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Okio;
import ollamaweb.providers.ChatCall;
import ollamaweb.providers.ChatListener;
import ollamaweb.providers.ProviderException;
import ollamaweb.providers.ProviderException.Reason;
import ollamaweb.providers.ProviderKind;
import ollamaweb.providers.StreamedChat;
import ollamaweb.providers.UpstreamHttp;

/**
 * An answer that is passed on to the client that asked, and told, from the same bytes, to what keeps it. The client gets every byte,
 * also of what makes no sense here; when it leaves, the answer goes on.
 */
final class KeptRelay implements ChatCall {

    private static final int PIECE_BYTES = 16 * 1024;

    private final Call call;
    private final RelayClient client;
    private final ChatListener listener;
    private final StreamedChat.Format format;
    private final ProviderKind kind;
    private final String model;

    /** @param format reads the answer and tells the listener */
    KeptRelay(Call call, RelayClient client, ChatListener listener, StreamedChat.Format format, ProviderKind kind, String model) {
        this.call = call;
        this.client = client;
        this.listener = listener;
        this.format = format;
        this.kind = kind;
        this.model = model;
    }

    @Override
    public void run() {
        try (var response = call.execute()) {
            client.begin(response.code(), response.header("Content-Type"), response.body().contentLength());
            if (response.isSuccessful()) {
                read(response);
            } else {
                refuse(response);
            }
        } catch (IOException e) {
            if (!client.hasBegun()) {
                throw UpstreamHttp.noAnswer(kind, e);
            }
            client.breakOff();
            throw broken(e);
        }
    }

    /** The client has the refusal, and nobody else is asked: there is no answer to be had elsewhere. */
    private void refuse(Response response) throws IOException {
        var refusal = kind.refusal(response, model);
        passRest(new Passed(response.body().byteStream()));
        throw refusal.reason() == Reason.MODEL_NOT_FOUND ? ProviderException.refused(refusal.getMessage()) : refusal;
    }

    @Override
    public void cancel() {
        call.cancel();
    }

    private void read(Response response) {
        var passed = new Passed(response.body().byteStream());
        try {
            if (!format.read(withBody(response, passed), () -> {})) {
                throw ProviderException.broken(kind.title() + " ended the answer too early", null);
            }
            passRest(passed);
        } catch (JacksonException e) {
            passRest(passed);
            throw ProviderException.broken(kind.title() + " sent something that is not an answer", e);
        } catch (IOException e) {
            client.breakOff();
            throw broken(e);
        } catch (RuntimeException e) {
            passRest(passed);
            throw e;
        }
    }

    private ProviderException broken(IOException e) {
        return ProviderException.broken("The connection to " + kind.title() + " broke in the middle of the answer", e);
    }

    /** What is not read here is still the client's, if it is there. */
    private void passRest(Passed passed) {
        var piece = new byte[PIECE_BYTES];
        try {
            while (!client.isGone() && passed.read(piece, 0, piece.length) >= 0) {
                listener.progress();
            }
        } catch (IOException e) {
            client.breakOff();
        }
    }

    private static Response withBody(Response response, InputStream in) {
        return response.newBuilder().body(ResponseBody.create(Okio.buffer(Okio.source(in)), response.body().contentType(), -1)).build();
    }

    /** What is read from it was passed on before. */
    private final class Passed extends InputStream {

        private final InputStream in;

        Passed(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            listener.caughtUp();
            int read = in.read(bytes, offset, length);
            if (read > 0) {
                client.write(bytes, offset, read);
            }
            return read;
        }

        /** Whoever has read enough is not the only one who reads. */
        @Override
        public void close() {}
    }
}
