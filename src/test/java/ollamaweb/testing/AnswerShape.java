package ollamaweb.testing;

import java.util.List;

/** How one of Ollama's APIs spells what a model says: piece by piece, each with the end of its line, or whole. */
interface AnswerShape {

    /**
     * What a model wants to call.
     *
     * @param arguments a JSON object
     */
    record Call(String name, String arguments) {}

    /** All that a model has said. */
    record Whole(String content, String thinking, List<Call> calls) {}

    String contentType();

    String content(String model, String text);

    String thinking(String model, String text);

    String toolCall(String model, Call call);

    /** What a stream says that goes wrong in its middle. */
    String error(String model, String text);

    /** @param chunks how many pieces of content were said */
    String done(String model, DoneLine line, int chunks);

    /** @return the one object of an answer that is no stream */
    String whole(String model, Whole said, DoneLine line, int chunks);
}
