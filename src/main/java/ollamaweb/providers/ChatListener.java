package ollamaweb.providers;

/**
 * Hears an answer as it comes; called on the one thread that reads it. Texts are never empty, and free of U+0000 and of
 * unpaired surrogates.
 */
public interface ChatListener {

    /** A sign of life: something whole has come, whatever it says. Bytes of a line that does not end are none. */
    void progress();

    /** The next piece of the answer. */
    void content(String piece);

    /** The next piece of what the model thinks before it answers. */
    default void thinking(String piece) {}

    /** The model wants a tool to be used; each call comes whole. */
    default void toolCall(ToolCall call) {}

    /** Everything that had come was told; the next read may have to wait. */
    void caughtUp();

    /** The model has finished; nothing follows. */
    void end(ChatEnd end);
}
