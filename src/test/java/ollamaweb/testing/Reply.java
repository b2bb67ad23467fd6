package ollamaweb.testing;

import java.io.IOException;

/** The answer to one chat request, as the steps of a {@link Script} make it. */
abstract class Reply {
    private final Connection connection;
    private final String model;
    private boolean ended;

    Reply(Connection connection, String model) {
        this.connection = connection;
        this.model = model;
    }

    abstract void content(String text) throws IOException;

    abstract void thinking(String text) throws IOException;

    abstract void tokens(TokenLines lines, int from, int to) throws IOException;

    abstract void headers() throws IOException;

    abstract void raw(byte[] bytes) throws IOException;

    abstract void error(String text) throws IOException;

    abstract void cutMidLine() throws IOException;

    abstract void hangUp() throws IOException;

    abstract void done(Ending ending) throws IOException;

    void drop() throws IOException {
        connection.close();
        end();
    }

    void respond(int status, String contentType, String body, String... headers) throws IOException {
        connection.respond(status, contentType, body, headers);
        end();
    }

    final Connection connection() {
        return connection;
    }

    final String model() {
        return model;
    }

    final boolean ended() {
        return ended;
    }

    final void end() {
        ended = true;
    }
}
