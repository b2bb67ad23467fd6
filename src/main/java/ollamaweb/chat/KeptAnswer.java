package ollamaweb.chat;

import java.util.function.Consumer;
import ollamaweb.http.ApiException;

/** An answer in the making that is passed on to a client of another API, and kept. */
public final class KeptAnswer {

    private final Generation generation;

    KeptAnswer(Generation generation) {
        this.generation = generation;
    }

    public long conversationId() {
        return generation.question().conversationId();
    }

    /** @return the answer's id, by which it can be followed and stopped */
    public long messageId() {
        return generation.id();
    }

    /**
     * @param told is given, once, why the answer did not come to its end, or null if it did; by then that is saved. Must not block
     */
    public void onEnd(Consumer<RuntimeException> told) {
        var unused = generation.told().thenAccept(outcome -> told.accept(failure(outcome)));
    }

    private static RuntimeException failure(Outcome outcome) {
        if (outcome.failure() != null) {
            return outcome.failure();
        }
        if (outcome.isStopped()) {
            return ApiException.unavailable("The answer was stopped");
        }
        return outcome.error() == null ? null : ApiException.unavailable(outcome.error());
    }
}
