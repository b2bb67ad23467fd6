package ollamaweb.ollama;

/** Hears an answer as it comes; called on the one thread that reads it. */
public interface ChatListener {

    /** A sign of life: a whole line has come, whatever it says. Bytes of a line that does not end are none. */
    void heard();

    /** The next piece of the answer, never empty, free of U+0000 and of unpaired surrogates. */
    void said(String piece);

    /** Everything that had come was told; the next read may have to wait. */
    void caughtUp();
}
