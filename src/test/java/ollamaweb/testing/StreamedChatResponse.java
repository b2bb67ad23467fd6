package ollamaweb.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import okio.BufferedSink;

/** A response as a stream: one HTTP chunk per line, each flushed, after headers that were sent already. */
final class StreamedChatResponse extends ChatResponse {
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(UTF_8);

    private final BufferedSink out;
    private int chunks;

    StreamedChatResponse(BufferedSink out, ClientSocket client, String model, AnswerShape shape) {
        super(client, model, shape);
        this.out = out;
    }

    /** The bytes of one HTTP chunk that holds one line. */
    static byte[] frame(String line) {
        return frame((line + "\n").getBytes(UTF_8));
    }

    @Override
    void content(String text) throws IOException {
        chunks++;
        send(shape().content(model(), text));
    }

    @Override
    void thinking(String text) throws IOException {
        send(shape().thinking(model(), text));
    }

    @Override
    void toolCall(AnswerShape.Call call) throws IOException {
        send(shape().toolCall(model(), call));
    }

    @Override
    void tokens(TokenLines lines, int from, int to) throws IOException {
        if (shape() != OllamaShape.CHAT) {
            for (int i = from; i < to; i++) {
                content(TokenLines.text(i));
            }
            return;
        }
        chunks += to - from;
        send(lines.bytes(), lines.start(from), lines.start(to));
    }

    @Override
    void headers() {}

    @Override
    void raw(byte[] bytes) throws IOException {
        send(frame(bytes));
    }

    @Override
    void error(String text) throws IOException {
        send(shape().error(model(), text));
        hangUp();
    }

    @Override
    void cutMidLine() throws IOException {
        var line = frame(shape().content(model(), "cut in the middle").getBytes(UTF_8));
        send(line, 0, line.length / 2);
        client().reset();
        end();
    }

    @Override
    void hangUp() throws IOException {
        send(LAST_CHUNK);
        end();
    }

    @Override
    void drop() throws IOException {
        client().close();
        end();
    }

    @Override
    void done(DoneLine line) throws IOException {
        send(shape().done(model(), line, chunks));
        hangUp();
    }

    private void send(String lines) throws IOException {
        send(frame(lines.getBytes(UTF_8)));
    }

    private void send(byte[] bytes) throws IOException {
        send(bytes, 0, bytes.length);
    }

    private void send(byte[] bytes, int from, int to) throws IOException {
        out.write(bytes, from, to - from);
        out.flush();
    }

    private static byte[] frame(byte[] bytes) {
        var size = (Integer.toHexString(bytes.length) + "\r\n").getBytes(UTF_8);
        var framed = new byte[size.length + bytes.length + 2];
        System.arraycopy(size, 0, framed, 0, size.length);
        System.arraycopy(bytes, 0, framed, size.length, bytes.length);
        framed[framed.length - 2] = '\r';
        framed[framed.length - 1] = '\n';
        return framed;
    }
}
