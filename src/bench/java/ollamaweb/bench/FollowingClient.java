package ollamaweb.bench;

import java.io.IOException;

/** Follows one answer to its end, and keeps the moment at which each of its tokens came. */
final class FollowingClient implements EventLoop.Client {

    private final HttpResponse response = new HttpResponse();
    private final EventTokens tokens = new EventTokens();
    private final long[] arrivals;
    private IOException failure;

    /** @param tokens how many the answer has */
    FollowingClient(int tokens) {
        arrivals = new long[tokens];
    }

    @Override
    public byte[] received(byte[] bytes, int length, long nanoTime) throws IOException {
        int before = tokens.count();
        response.read(bytes, length, tokens);
        if (response.status() > 200) {
            throw new UnexpectedStatus(response.status());
        }
        for (int i = before; i < Math.min(tokens.count(), arrivals.length); i++) {
            arrivals[i] = nanoTime;
        }
        return response.isComplete() ? EventLoop.LEAVE : null;
    }

    @Override
    public void broken(IOException why) {
        failure = why;
    }

    /** @return the answer's id, 0 as long as it has not been told */
    long answerId() {
        return tokens.answerId();
    }

    /** @return how many tokens have come, all of them in order */
    int count() {
        return tokens.count();
    }

    /** @return whether every token came, in order, and the end was told */
    boolean isWhole() {
        return failure == null && tokens.fault() == null && tokens.count() == arrivals.length && tokens.isDone();
    }

    /** @throws IOException if it is not whole */
    FollowingClient orThrow() throws IOException {
        if (!isWhole()) {
            throw new IOException("ended after " + tokens.count() + " of " + arrivals.length + " tokens: " + tokens.fault(), failure);
        }
        return this;
    }

    /** @return when the token came, as {@link System#nanoTime} */
    long arrival(int token) {
        return arrivals[token];
    }

    int size() {
        return arrivals.length;
    }
}
