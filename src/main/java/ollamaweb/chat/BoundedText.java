package ollamaweb.chat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Takes what a model says and thinks into the log of an answer, up to its limits of length and of memory. */
final class BoundedText {

    /** The text has reached a limit; unwinds the reading of the answer. */
    static final class LimitReached extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Outcome outcome;

        LimitReached(Outcome outcome) {
            super(null, null, false, false);
            this.outcome = outcome;
        }

        Outcome outcome() {
            return outcome;
        }
    }

    /** Adds a part of some bytes to one of the texts. */
    @FunctionalInterface
    private interface Appending {
        void append(byte[] bytes, int from, int to);
    }

    private final TokenLog log;
    private final int maxBytes;
    private final ReservedMemory memory;
    private volatile long begun;
    private volatile Long firstPieceMillis;

    /** @param maxBytes how long what is said and what is thought may become together, as UTF-8 */
    BoundedText(TokenLog log, int maxBytes, ReservedMemory memory) {
        this.log = log;
        this.maxBytes = maxBytes;
        this.memory = memory;
    }

    /** @return the time from which on the first piece is waited for, in nanoseconds */
    long begin() {
        begun = System.nanoTime();
        return begun;
    }

    /** @return how long the first piece took to come, in milliseconds; null if none has come */
    Long firstPieceMillis() {
        return firstPieceMillis;
    }

    /** @throws LimitReached when the answer becomes too long; what still fits is kept */
    void content(String piece) {
        take(piece, log::append);
    }

    /** @throws LimitReached when the answer becomes too long; what still fits is kept */
    void thinking(String piece) {
        take(piece, log::appendThinking);
    }

    private void take(String piece, Appending text) {
        if (firstPieceMillis == null) {
            firstPieceMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        }
        var bytes = piece.getBytes(StandardCharsets.UTF_8);
        int room = maxBytes - log.end() - log.thinkingEnd();
        if (!memory.take(TokenLog.memory(bytes.length))) {
            throw new LimitReached(Outcome.outOfMemory());
        }
        if (bytes.length > room) {
            int whole = Utf8.boundaryUpTo(bytes, Math.max(0, room));
            if (whole > 0) {
                text.append(bytes, 0, whole);
            }
            throw new LimitReached(Outcome.tooLong());
        }
        text.append(bytes, 0, bytes.length);
    }
}
