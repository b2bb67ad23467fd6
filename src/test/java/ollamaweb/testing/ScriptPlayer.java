package ollamaweb.testing;

import java.io.IOException;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect.CloseSocket;
import okio.BufferedSink;

/** Answers with what scripts say, and notes how the answers end. */
final class ScriptPlayer {
    static final MockResponse CLOSED = new MockResponse.Builder().onResponseStart(new CloseSocket()).build();

    private final ReceivedCalls calls;
    private volatile boolean closing;

    ScriptPlayer(ReceivedCalls calls) {
        this.calls = calls;
    }

    /** @param now whether connections end by the server's will from now on, so that no client can be said to have left */
    void closing(boolean now) {
        closing = now;
    }

    /** The headers go with the first object: what a script waits for before, this waits for. */
    MockResponse perform(Script script, String model, AnswerShape shape, boolean streams, ClientSocket client) {
        calls.streamOpened();
        try {
            script.waitFirst(client);
            if (streams && script.refusal().isEmpty()) {
                return stream(script, model, shape, client);
            }
            var whole = script.refusal();
            if (whole.isEmpty()) {
                var response = new WholeChatResponse(client, model, shape);
                script.play(response);
                whole = response.collected();
            }
            calls.streamClosed(false);
            return whole.orElseThrow();
        } catch (IOException clientLeft) {
            calls.streamClosed(!closing);
            return CLOSED;
        }
    }

    private MockResponse stream(Script script, String model, AnswerShape shape, ClientSocket client) {
        return new MockResponse.Builder().clearHeaders()
                .setHeader("Content-Type", shape.contentType()).setHeader("Transfer-Encoding", "chunked")
                .socketHandler(socket -> {
                    boolean clientLeft = false;
                    try {
                        script.play(new StreamedChatResponse((BufferedSink) socket.getSink(), client, model, shape));
                    } catch (IOException e) {
                        clientLeft = !closing;
                        client.closeQuietly();
                    } finally {
                        calls.streamClosed(clientLeft);
                    }
                }).build();
    }
}
