package ollamaweb.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Counts the tokens {@code " t0"}, {@code " t1"} … of an answer and holds them to their order. It looks at each line where
 * it lies in the network buffer and makes no objects, so that reading costs little beside what is measured.
 */
abstract class TokenReader implements HttpResponse.Body {

    private byte[] partialLine = new byte[512];
    private int partialLength;
    private int count;
    private boolean done;
    private String fault;

    /** @return how many tokens have come, all of them in order */
    final int count() {
        return count;
    }

    /** @return what was wrong first, or null */
    final String fault() {
        return fault;
    }

    /** @return whether the answer said that it is complete */
    final boolean isDone() {
        return done;
    }

    @Override
    public final void bytes(byte[] bytes, int from, int to) {
        int start = from;
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\n') {
                wholeLine(bytes, start, i);
                start = i + 1;
            }
        }
        if (start < to) {
            keep(bytes, start, to);
        }
    }

    abstract void line(byte[] bytes, int from, int to);

    /** Reads the number that ends before a quote. */
    final void token(byte[] bytes, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + bytes[i] - '0';
        }
        if (number == count && from < to) {
            count++;
        } else {
            fault("token " + count + " should come, not " + text(bytes, from, to));
        }
    }

    final void done() {
        done = true;
    }

    final void fault(String what) {
        if (fault == null) {
            fault = what;
        }
    }

    static byte[] ascii(String text) {
        return text.getBytes(UTF_8);
    }

    static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, UTF_8);
    }

    static boolean hasAt(byte[] bytes, int at, int to, byte[] wanted) {
        return at >= 0 && at + wanted.length <= to && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length);
    }

    private void wholeLine(byte[] bytes, int from, int to) {
        if (partialLength == 0) {
            line(bytes, from, to);
        } else {
            keep(bytes, from, to);
            int length = partialLength;
            partialLength = 0;
            line(partialLine, 0, length);
        }
    }

    private void keep(byte[] bytes, int from, int to) {
        int more = to - from;
        if (partialLine.length - partialLength < more) {
            partialLine = Arrays.copyOf(partialLine, Math.max(partialLine.length * 2, partialLength + more));
        }
        System.arraycopy(bytes, from, partialLine, partialLength, more);
        partialLength += more;
    }
}
