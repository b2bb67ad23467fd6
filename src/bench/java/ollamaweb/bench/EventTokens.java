package ollamaweb.bench;

/** Tokens as the server sends them: server-sent events. */
final class EventTokens extends TokenReader {

    private static final byte[] EVENT = ascii("event: ");
    private static final byte[] TOKEN_START = ascii("data: {\"content\":\" t");
    private static final byte[] TOKEN_END = ascii("\"}");

    /** The first letter of the event's name: token, done, error, conversation_created, message_created. */
    private byte event;

    @Override
    void line(byte[] bytes, int from, int to) {
        if (from == to) {
            event = 0;
            return;
        }
        switch (bytes[from]) {
            case 'e' -> event = bytes[from + EVENT.length];
            case 'd' -> data(bytes, from, to);
            case 'i', ':' -> {
            }
            default -> fault("no event: " + text(bytes, from, to));
        }
    }

    private void data(byte[] bytes, int from, int to) {
        switch (event) {
            case 't' -> {
                if (hasAt(bytes, from, to, TOKEN_START) && hasAt(bytes, to - TOKEN_END.length, to, TOKEN_END)) {
                    token(bytes, from + TOKEN_START.length, to - TOKEN_END.length);
                } else {
                    fault("no token: " + text(bytes, from, to));
                }
            }
            case 'd' -> done();
            case 'e' -> fault("error event: " + text(bytes, from, to));
            default -> {
            }
        }
    }
}
