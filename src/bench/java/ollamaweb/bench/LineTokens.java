package ollamaweb.bench;

/** Tokens as the bare upstream sends them: one JSON object a line. */
final class LineTokens extends TokenReader {

    private static final byte[] TOKEN_END = ascii("\"},\"done\":false}");
    private static final byte[] TOKEN_START = ascii("\"content\":\" t");
    private static final String DONE = "\"done\":true";

    @Override
    void line(byte[] bytes, int from, int to) {
        int numberEnd = to - TOKEN_END.length;
        if (!hasAt(bytes, numberEnd, to, TOKEN_END)) {
            end(text(bytes, from, to));
            return;
        }
        int number = numberEnd;
        while (number > from && bytes[number - 1] >= '0' && bytes[number - 1] <= '9') {
            number--;
        }
        if (hasAt(bytes, number - TOKEN_START.length, number, TOKEN_START)) {
            token(bytes, number, numberEnd);
        } else {
            fault("no token: " + text(bytes, from, to));
        }
    }

    private void end(String line) {
        if (line.contains(DONE)) {
            done();
        } else {
            fault("no token: " + line);
        }
    }
}
