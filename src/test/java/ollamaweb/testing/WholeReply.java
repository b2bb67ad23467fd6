package ollamaweb.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;

/** A reply to {@code "stream":false}: collected, then sent as one object. */
final class WholeReply extends Reply {
    private final StringBuilder content = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();
    private int chunks;

    WholeReply(Connection connection, String model) {
        super(connection, model);
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
    void raw(byte[] bytes) throws IOException {
        connection().respond(200, Connection.JSON, bytes);
        end();
    }

    @Override
    void error(String text) throws IOException {
        respond(500, Connection.JSON, Lines.error(text));
    }

    @Override
    void cutMidLine() throws IOException {
        var object = unfinished().getBytes(UTF_8);
        connection().writeHead(200, Connection.JSON, "Content-Length: " + object.length);
        connection().write(object, 0, object.length / 2);
        connection().flush();
        connection().reset();
        end();
    }

    @Override
    void hangUp() throws IOException {
        respond(200, Connection.JSON, unfinished());
    }

    @Override
    void done(Ending ending) throws IOException {
        var words = content + ending.lastWords();
        respond(200, Connection.JSON, Lines.chat(model(), words, thinking.toString(), ending.fields(chunks)));
    }

    private String unfinished() {
        return Lines.unfinished(model(), content.toString(), thinking.toString());
    }
}
