package ollamaweb.chat;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.concurrent.TimeUnit;
import ollamaweb.json.Json;
import ollamaweb.providers.ChatEnd;
import ollamaweb.providers.ProviderException;

/**
 * How an answer ended.
 *
 * @param status     {@code complete}, {@code interrupted} or {@code error}, as it is stored
 * @param counts  what is known of its cost; never null
 * @param error   what followers are told instead of {@code done}, or null
 * @param failure the call's own failure, or null
 */
record Outcome(String status, Counts counts, String error, ProviderException failure) {

    /**
     * What an answer cost, and how much of its conversation was read for it; each is null where it is not known.
     *
     * @param answer         how many tokens the model wrote, how many it read, why and when it ended
     * @param digest         which weights wrote it
     * @param contextLength  how many tokens the model can have in mind
     * @param promptCut      whether its server seems to have cut the prompt without saying so
     */
    record Counts(ChatEnd answer, String digest, Integer contextLength, Integer messagesSent, Integer messagesLeftOut, boolean promptCut) {

        static final Counts NONE = new Counts(new ChatEnd(null, null, null, null), null, null, null, null, false);

        /**
         * @param told  what the model said at the end, or null
         * @param begun when it was asked, as {@link System#nanoTime} tells
         */
        static Counts of(ChatEnd told, long begun, SentPrompt prompt) {
            var end = told == null ? NONE.answer : told;
            var millis = end.durationMillis() == null
                    ? (Long) TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun)
                    : end.durationMillis();
            return new Counts(new ChatEnd(end.answerTokens(), end.promptTokens(), end.doneReason(), millis), null, null, prompt.sent(),
                    prompt.leftOut(), false);
        }
    }

    static final String COMPLETE = "complete";
    static final String INTERRUPTED = "interrupted";
    static final String ERROR = "error";

    /** Its text could not be saved to the end; what is on disk is kept. Made beforehand: there may be no memory then. */
    static final Outcome NOT_SAVED_WHOLE = failed("The answer could not be saved whole");

    /** Nobody makes it any more, and nobody knows why; what is on disk is kept. */
    static final Outcome LOST = failed("The answer was lost");

    /** The model finished. */
    static Outcome complete(Counts counts) {
        return new Outcome(COMPLETE, counts, null, null);
    }

    /** Its user stopped it. */
    static Outcome stopped() {
        return new Outcome(INTERRUPTED, Counts.NONE, null, null);
    }

    /** The server is going down. */
    static Outcome shutDown() {
        return new Outcome(INTERRUPTED, Counts.NONE, "The server is shutting down", null);
    }

    /** It reached the limit of {@code MAX_ANSWER_BYTES}. */
    static Outcome tooLong() {
        return new Outcome(INTERRUPTED, Counts.NONE, "The answer is too long", null);
    }

    /** All answers in the making together have as much memory as they may. */
    static Outcome outOfMemory() {
        return new Outcome(INTERRUPTED, Counts.NONE, "The server has no memory for more of this answer", null);
    }

    /** It goes on, but not for those who follow it on this server. */
    static Outcome notFollowedHere() {
        return failed("The server cannot follow this answer at the moment, please try again");
    }

    /** Its row is gone, with its conversation or its user. */
    static Outcome deleted() {
        return failed("The conversation was deleted");
    }

    /** Its row is there, but somebody else has closed it. */
    static Outcome closedElsewhere() {
        return failed("The answer was ended by another server");
    }

    /** The provider refused it, broke off or fell silent. */
    static Outcome failed(ProviderException failure) {
        return new Outcome(ERROR, Counts.NONE, failure.getMessage(), failure);
    }

    /** Something here went wrong. */
    static Outcome failed(String error) {
        return new Outcome(ERROR, Counts.NONE, error, null);
    }

    boolean isStopped() {
        return error == null && status.equals(INTERRUPTED);
    }

    /** @return the name of the last event */
    String event() {
        return error == null ? "done" : "error";
    }

    /** @return the same, with what is known of its cost */
    Outcome with(Counts known) {
        return new Outcome(status, known, error, failure);
    }

    /** @return how many tokens the model wrote, or null */
    Integer tokensUsed() {
        return counts.answer().answerTokens();
    }

    /** @return the data of the last event */
    String data(long messageId) {
        return Json.write(error == null ? done(messageId) : new Failed(error));
    }

    private Done done(long messageId) {
        var answer = counts.answer();
        return new Done(messageId, tokensUsed(), answer.promptTokens(), answer.doneReason(), answer.durationMillis(),
                counts.contextLength(), counts.messagesSent(), counts.messagesLeftOut(), isStopped() ? true : null,
                counts.promptCut() ? true : null);
    }

    /**
     * @param stopped   true when its user stopped it, else left out
     * @param promptCut true when the model's server seems to have cut the prompt, else left out
     */
    private record Done(long messageId, Integer tokensUsed, Integer promptTokens, String doneReason, Long durationMs,
            Integer contextLength, Integer messagesSent, Integer messagesLeftOut,
            @JsonInclude(JsonInclude.Include.NON_NULL) Boolean stopped,
            @JsonInclude(JsonInclude.Include.NON_NULL) Boolean promptCut) {}

    private record Failed(String error) {}
}
