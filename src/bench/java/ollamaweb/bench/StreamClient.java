package ollamaweb.bench;

import java.io.IOException;

/** Follows one answer to its end, and notes when its tokens came. */
final class StreamClient implements EventLoop.Client {

    private final HttpResponse response = new HttpResponse();
    private final TokenReader tokens;
    private final Samples gaps;
    private final long askedAt = System.nanoTime();
    private long firstTokenAt;
    private long lastTokenAt;
    private long wireBytes;
    private String failure;

    /** @param gaps gets the time between each two tokens, or null */
    StreamClient(TokenReader tokens, Samples gaps) {
        this.tokens = tokens;
        this.gaps = gaps;
    }

    @Override
    public byte[] received(byte[] bytes, int length, long nanoTime) throws IOException {
        int before = tokens.count();
        wireBytes += length;
        response.read(bytes, length, tokens);
        if (response.status() > 200) {
            throw new IOException("status " + response.status());
        }
        if (tokens.count() > before) {
            note(before, tokens.count(), nanoTime);
        }
        return response.isComplete() ? EventLoop.LEAVE : null;
    }

    @Override
    public void broken(IOException why) {
        failure = why.toString();
    }

    private void note(int before, int after, long nanoTime) {
        if (before == 0) {
            firstTokenAt = nanoTime;
        }
        if (gaps != null) {
            for (int i = Math.max(before, 1); i < after; i++) {
                gaps.add(i == before ? nanoTime - lastTokenAt : 0);
            }
        }
        lastTokenAt = nanoTime;
    }

    long nanosToFirstToken() {
        return firstTokenAt - askedAt;
    }

    int count() {
        return tokens.count();
    }

    long wireBytes() {
        return wireBytes;
    }

    long bodyBytes() {
        return response.bodyBytes();
    }

    /** @return what was wrong with the answer, or null when every token came, in order, and the end was told */
    String fault(int wanted) {
        if (failure != null || tokens.fault() != null) {
            return failure != null ? failure : tokens.fault();
        }
        return tokens.count() == wanted && tokens.isDone() ? null : "ended after " + tokens.count() + " of " + wanted + " tokens";
    }
}
