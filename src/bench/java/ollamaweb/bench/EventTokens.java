package ollamaweb.bench;

/** Tokens as the server sends them: server-sent events. */
final class EventTokens extends TokenReader {

    private static final byte[] EVENT = ascii("event: ");
    private static final byte[] TOKEN_START = ascii("data: {\"content\":\" t");
    private static final byte[] NEXT_TOKEN = ascii(" t");
    private static final byte[] TOKEN_END = ascii("\"}");

    private static final byte[] ANSWER_ID = ascii("\"answer_id\":");

    /** The first letter of the event's name: token, done, error, conversation_created, message_created. */
    private byte event;
    private long answerId;

    /** @return the answer's id, 0 as long as it has not been told */
    long answerId() {
        return answerId;
    }

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
                    tokens(bytes, from + TOKEN_START.length, to - TOKEN_END.length);
                } else {
                    fault("no token: " + text(bytes, from, to));
                }
            }
            case 'm' -> readAnswerId(bytes, from, to);
            case 'd' -> done();
            case 'e' -> fault("error event: " + text(bytes, from, to));
            default -> {
            }
        }
    }

    /** Reads one token; or several, with which a client that comes late catches up. */
    private void tokens(byte[] bytes, int from, int to) {
        int start = from;
        for (int i = from; i < to; i++) {
            if (hasAt(bytes, i, to, NEXT_TOKEN)) {
                token(bytes, start, i);
                start = i + NEXT_TOKEN.length;
            }
        }
        token(bytes, start, to);
    }

    private void readAnswerId(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && !hasAt(bytes, at, to, ANSWER_ID)) {
            at++;
        }
        for (at += ANSWER_ID.length; at < to && bytes[at] >= '0' && bytes[at] <= '9'; at++) {
            answerId = answerId * 10 + bytes[at] - '0';
        }
    }
}
