package ollamaweb.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect.CloseSocket;
import okio.Buffer;

/** A response to {@code "stream":false}: collected, then sent as one object. */
final class WholeChatResponse extends ChatResponse {
    private final StringBuilder content = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();
    private final List<AnswerShape.Call> calls = new ArrayList<>();
    private MockResponse response;
    private int chunks;

    WholeChatResponse(ClientSocket client, String model, AnswerShape shape) {
        super(client, model, shape);
    }

    /** @return what the steps came to, once they have ended */
    Optional<MockResponse> collected() {
        return Optional.ofNullable(response);
    }

    @Override
    void content(String text) {
        chunks++;
        content.append(text);
    }

    @Override
    void thinking(String text) {
        thinking.append(text);
    }

    @Override
    void toolCall(AnswerShape.Call call) {
        calls.add(call);
    }

    @Override
    void tokens(TokenLines lines, int from, int to) {
        for (int i = from; i < to; i++) {
            content(TokenLines.text(i));
        }
    }

    /** The length of the body is not known yet, so there is nothing to send. */
    @Override
    void headers() {}

    /** Raw bytes take the place of the object. */
    @Override
    void raw(byte[] bytes) {
        endWith(OllamaJson.response(200, "").newBuilder().body(new Buffer().write(bytes)));
    }

    @Override
    void error(String text) {
        endWith(OllamaJson.response(500, shape() instanceof OpenAiShape ? OpenAiShape.error(500, text) : OllamaJson.error(text))
                .newBuilder());
    }

    @Override
    void cutMidLine() {
        endWith(unfinished().onResponseBody(new CloseSocket()));
    }

    @Override
    void hangUp() {
        endWith(unfinished());
    }

    @Override
    void drop() {
        endWith(unfinished().onResponseStart(new CloseSocket()));
    }

    @Override
    void done(DoneLine line) {
        endWith(OllamaJson.response(200, shape().whole(model(), said(), line, chunks)).newBuilder());
    }

    private AnswerShape.Whole said() {
        return new AnswerShape.Whole(content.toString(), thinking.toString(), calls);
    }

    private MockResponse.Builder unfinished() {
        return OllamaJson.response(200, OllamaShape.CHAT.unfinished(model(), said())).newBuilder();
    }

    private void endWith(MockResponse.Builder builder) {
        response = builder.build();
        end();
    }
}
