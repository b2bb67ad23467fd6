package ollamaweb.testing;

import java.io.IOException;

/** The response to one chat request, as the steps of a {@link Script} make it. */
abstract class ChatResponse {
    private final ClientSocket client;
    private final String model;
    private final AnswerShape shape;
    private boolean ended;

    ChatResponse(ClientSocket client, String model, AnswerShape shape) {
        this.client = client;
        this.model = model;
        this.shape = shape;
    }

    abstract void content(String text) throws IOException;

    abstract void thinking(String text) throws IOException;

    abstract void toolCall(AnswerShape.Call call) throws IOException;

    abstract void tokens(TokenLines lines, int from, int to) throws IOException;

    abstract void headers() throws IOException;

    abstract void raw(byte[] bytes) throws IOException;

    abstract void error(String text) throws IOException;

    abstract void cutMidLine() throws IOException;

    abstract void hangUp() throws IOException;

    abstract void drop() throws IOException;

    abstract void done(DoneLine line) throws IOException;

    final ClientSocket client() {
        return client;
    }

    final String model() {
        return model;
    }

    final AnswerShape shape() {
        return shape;
    }

    final boolean ended() {
        return ended;
    }

    final void end() {
        ended = true;
    }
}
