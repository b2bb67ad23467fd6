package ollamaweb.providers;

/** Whoever makes an answer. */
@FunctionalInterface
public interface ChatSource {

    /**
     * Prepares an answer; it begins when the {@link ChatCall} is run.
     *
     * @param listener hears the answer, on the thread that runs the call
     */
    ChatCall chat(ChatRequest request, ChatListener listener);
}
