package ollamaweb.chat;

import java.time.Instant;
import ollamaweb.db.Transaction;
import ollamaweb.http.ApiException;

/** An answer that is to be made: what is written for it before, and who makes it. */
interface NewAnswer {

    /** What a request takes on its way to a model: as text, as JSON and as bytes. */
    int COPIES_OF_REQUEST = 3;

    /** A question that is on disk, and what the model is asked for its answer. */
    record Written(Question question, SentPrompt prompt) {

        /**
         * @param memory what its text and its prompt take of it goes with the generation, or is given back
         * @throws ApiException 503 if there is not so much left
         */
        Generation generation(MemoryBudget memory, int maxBytes, Instant now) {
            var reserved = new ReservedMemory(memory);
            try {
                int before = Utf8.length(question.saidBefore()) + Utf8.length(question.thoughtBefore());
                if (!reserved.take(COPIES_OF_REQUEST * prompt.bytesInMemory() + TokenLog.memory(before))) {
                    throw ApiException.busy("The server is busy, please try again", 1);
                }
                return new Generation(question, prompt, now, maxBytes, reserved);
            } catch (RuntimeException | Error e) {
                reserved.close();
                throw e;
            }
        }
    }

    /**
     * Writes the question, the row of its answer and what the model is given; may be run again, after what it wrote was taken back.
     *
     * @param serverId the server that makes the answer
     * @throws ApiException if it is refused; then nothing is to be kept
     */
    Written write(Transaction tx, long serverId, Instant now);

    /** @return who makes the answer */
    AnswerMaker maker();
}
