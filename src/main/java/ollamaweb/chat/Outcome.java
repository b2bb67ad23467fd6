package ollamaweb.chat;

import com.fasterxml.jackson.annotation.JsonInclude;
import ollamaweb.json.Json;
import ollamaweb.providers.ChatEnd;
import ollamaweb.providers.ProviderException;

/**
 * How an answer ended.
 *
 * @param status     {@code complete}, {@code interrupted} or {@code error}, as it is stored
 * @param counts     what the provider told at the end
 * @param error      what followers are told instead of {@code done}, or null
 * @param failure    the call's own failure, or null
 */
record Outcome(String status, ChatEnd counts, String error, ProviderException failure) {

    private static final ChatEnd NOT_COUNTED = new ChatEnd(null, null, null, null);

    static final String COMPLETE = "complete";
    static final String INTERRUPTED = "interrupted";
    static final String ERROR = "error";

    /** Its text could not be saved to the end; what is on disk is kept. Made beforehand: there may be no memory then. */
    static final Outcome NOT_SAVED_WHOLE = failed("The answer could not be saved whole");

    /** Nobody makes it any more, and nobody knows why; what is on disk is kept. */
    static final Outcome LOST = failed("The answer was lost");

    /** The model finished. */
    static Outcome complete(ChatEnd counts) {
        return new Outcome(COMPLETE, counts, null, null);
    }

    /** Its user stopped it. */
    static Outcome stopped() {
        return new Outcome(INTERRUPTED, NOT_COUNTED, null, null);
    }

    /** The server is going down. */
    static Outcome shutDown() {
        return new Outcome(INTERRUPTED, NOT_COUNTED, "The server is shutting down", null);
    }

    /** It reached the limit of {@code MAX_ANSWER_BYTES}. */
    static Outcome tooLong() {
        return new Outcome(INTERRUPTED, NOT_COUNTED, "The answer is too long", null);
    }

    /** All answers in the making together have as much memory as they may. */
    static Outcome outOfMemory() {
        return new Outcome(INTERRUPTED, NOT_COUNTED, "The server has no memory for more of this answer", null);
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
        return new Outcome(ERROR, NOT_COUNTED, failure.getMessage(), failure);
    }

    /** Something here went wrong. */
    static Outcome failed(String error) {
        return new Outcome(ERROR, NOT_COUNTED, error, null);
    }

    /** @return how many tokens the model wrote, or null */
    Integer tokensUsed() {
        return counts.answerTokens();
    }

    boolean isStopped() {
        return error == null && status.equals(INTERRUPTED);
    }

    /** @return the name of the last event */
    String event() {
        return error == null ? "done" : "error";
    }

    /** @return the data of the last event */
    String data(long messageId) {
        return Json.write(error == null ? new Done(messageId, tokensUsed(), isStopped() ? true : null) : new Failed(error));
    }

    /** @param stopped true when its user stopped it, else left out */
    private record Done(long messageId, Integer tokensUsed, @JsonInclude(JsonInclude.Include.NON_NULL) Boolean stopped) {}

    private record Failed(String error) {}
}
