package ollamaweb.chat;

import ollamaweb.chat.GenerationDao.Stored;
import ollamaweb.http.SseBuffer;
import ollamaweb.http.SseStream;
import ollamaweb.messages.MessageDao;
import ollamaweb.messages.StoredContent;

/**
 * A client that gets an answer that has ended, from some place on: what the model thought, then what it said. The texts are
 * read from the database as the client takes them, so that they take the same little memory whatever their size.
 */
final class StoredAnswer implements SseStream.Source {

    private final Stored answer;
    private final Outcome outcome;
    private final StoredText thinking;
    private final StoredText content;
    private boolean thoughtAll;

    /** @param reached how far the client has got; a place beyond the end of a text stands for its end */
    StoredAnswer(Stored answer, MessageDao messages, LastEventId reached) {
        this.answer = answer;
        this.outcome = outcome(answer);
        long place = reached.inThinking() ? 0 : Math.min(reached.place(), answer.bytes());
        long thought = reached.inThinking() ? Math.min(reached.place(), answer.thinkingBytes()) : 0;
        this.content = new StoredText(new StoredContent(messages, answer.id(), answer.bytes(), place), place);
        this.thinking = new StoredText(new StoredContent(messages::thinkingPiece, answer.id(), answer.thinkingBytes(), thought), thought);
        this.thoughtAll = place > 0 || answer.thinkingBytes() == 0;
    }

    @Override
    public boolean next(SseBuffer frames, int room) {
        while (frames.size() < room) {
            if (!thoughtAll) {
                thoughtAll = !thinking.next(frames::thinking);
            } else if (!content.next(frames::token)) {
                frames.event(LastEventId.END, outcome.event(), outcome.data(answer.id()));
                return false;
            }
        }
        return true;
    }

    @Override
    public void closed() {
        // Nothing is held open between two reads.
    }

    /** @return how an answer that is no longer in the making has ended */
    static Outcome outcome(Stored answer) {
        boolean stoppedByUser = answer.status().equals(Outcome.INTERRUPTED) && answer.error() == null;
        var error = answer.error() != null || answer.status().equals(Outcome.COMPLETE) || stoppedByUser
                ? answer.error()
                : "The answer is incomplete";
        return new Outcome(answer.status(), answer.counts(), error, null);
    }
}
