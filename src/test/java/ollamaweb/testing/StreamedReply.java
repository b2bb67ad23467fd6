package ollamaweb.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;

/** A reply as NDJSON: one HTTP chunk per line, each flushed, the headers only together with the first. */
final class StreamedReply extends Reply {
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(UTF_8);

    private boolean headersSent;
    private int chunks;

    StreamedReply(Connection connection, String model) {
        super(connection, model);
    }

    /** The bytes of one HTTP chunk that holds one line. */
    static byte[] frame(String line) {
        return frame((line + "\n").getBytes(UTF_8));
    }

    @Override
    void content(String text) throws IOException {
        chunks++;
        send(frame(Lines.content(model(), text)));
    }

    @Override
    void thinking(String text) throws IOException {
        send(frame(Lines.thinking(model(), text)));
    }

    @Override
    void tokens(TokenLines lines, int from, int to) throws IOException {
        chunks += to - from;
        send(lines.bytes(), lines.start(from), lines.start(to));
    }

    @Override
    void headers() throws IOException {
        writeHeaders();
        connection().flush();
    }

    @Override
    void raw(byte[] bytes) throws IOException {
        send(frame(bytes));
    }

    @Override
    void error(String text) throws IOException {
        send(frame(Lines.error(text)));
        hangUp();
    }

    @Override
    void cutMidLine() throws IOException {
        var line = frame(Lines.content(model(), "cut in the middle"));
        send(line, 0, line.length / 2);
        connection().reset();
        end();
    }

    @Override
    void hangUp() throws IOException {
        send(LAST_CHUNK);
        end();
    }

    @Override
    void done(Ending ending) throws IOException {
        send(frame(Lines.chat(model(), ending.lastWords(), "", ending.fields(chunks))));
        hangUp();
    }

    @Override
    void respond(int status, String contentType, String body, String... headers) throws IOException {
        if (headersSent) {
            throw new IllegalStateException("status " + status + " after the stream began");
        }
        super.respond(status, contentType, body, headers);
    }

    private void send(byte[] bytes) throws IOException {
        send(bytes, 0, bytes.length);
    }

    private void send(byte[] bytes, int from, int to) throws IOException {
        writeHeaders();
        connection().write(bytes, from, to - from);
        connection().flush();
    }

    private void writeHeaders() throws IOException {
        if (!headersSent) {
            headersSent = true;
            connection().writeHead(200, "application/x-ndjson", "Transfer-Encoding: chunked");
        }
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
