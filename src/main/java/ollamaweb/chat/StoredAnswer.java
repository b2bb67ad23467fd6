package ollamaweb.chat;

import ollamaweb.chat.GenerationDao.Stored;
import ollamaweb.http.SseBuffer;
import ollamaweb.http.SseStream;
import ollamaweb.messages.MessageDao;
import ollamaweb.messages.StoredContent;
import ollamaweb.providers.ChatEnd;

/**
 * A client that gets an answer that has ended, from some place on. The text is read from the database as the client takes
 * it, so that it takes the same little memory whatever its size.
 */
final class StoredAnswer implements SseStream.Source {

    private static final int EVENT_BYTES = 4096;
    /** The longest character has four bytes. */
    private static final int MOST_OF_A_CHARACTER = 3;

    private final Stored answer;
    private final Outcome outcome;
    private final StoredContent text;
    private final byte[] buffer = new byte[EVENT_BYTES + MOST_OF_A_CHARACTER];
    /** The place of the buffer's first byte in the answer. */
    private long place;
    private int filled;
    private boolean isAtBoundary;

    /** @param place in bytes; one inside a character stands for the character's end, one beyond the end for the end */
    StoredAnswer(Stored answer, MessageDao messages, long place) {
        this.answer = answer;
        this.outcome = outcome(answer);
        this.place = Math.min(place, answer.bytes());
        this.text = new StoredContent(messages, answer.id(), answer.bytes(), this.place);
    }

    @Override
    public boolean next(SseBuffer frames, int room) {
        while (frames.size() < room) {
            fill();
            if (filled == 0) {
                frames.event(Follower.END_ID, outcome.event(), outcome.data(answer.id()));
                return false;
            }
            int length = filled <= EVENT_BYTES ? filled : boundaryBefore(EVENT_BYTES);
            frames.token(place + length, buffer, 0, length);
            drop(length);
        }
        return true;
    }

    @Override
    public void closed() {
        // Nothing is held open between two reads.
    }

    private void fill() {
        while (filled < buffer.length) {
            int read = text.read(buffer, filled, buffer.length - filled);
            if (read < 0) {
                break;
            }
            filled += read;
        }
        if (!isAtBoundary) {
            int inside = 0;
            while (inside < filled && continuesCharacter(inside)) {
                inside++;
            }
            drop(inside);
            isAtBoundary = true;
        }
    }

    private int boundaryBefore(int end) {
        int at = end;
        while (at > 0 && continuesCharacter(at)) {
            at--;
        }
        return at == 0 ? end : at;
    }

    private boolean continuesCharacter(int at) {
        return (buffer[at] & 0xC0) == 0x80;
    }

    private void drop(int length) {
        System.arraycopy(buffer, length, buffer, 0, filled - length);
        filled -= length;
        place += length;
    }

    private static Outcome outcome(Stored answer) {
        boolean stoppedByUser = answer.status().equals(Outcome.INTERRUPTED) && answer.error() == null;
        var error = answer.error() != null || answer.status().equals(Outcome.COMPLETE) || stoppedByUser
                ? answer.error()
                : "The answer is incomplete";
        return new Outcome(answer.status(),
                new ChatEnd(answer.tokensUsed(), answer.promptTokens(), answer.doneReason(), answer.durationMs()), error, null);
    }
}
