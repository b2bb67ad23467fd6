package ollamaweb.insights;

import java.util.concurrent.atomic.AtomicReference;
import ollamaweb.json.Excerpt;
import ollamaweb.ollama.ChatCall;
import ollamaweb.ollama.ChatListener;
import ollamaweb.ollama.OllamaException;

/** One attempt of a model at one text. Others may cancel it, once, and say why. */
final class Attempt implements ChatListener {

    private static final int MAX_LENGTH = 20_000;

    private final AtomicReference<OllamaException> cancelled = new AtomicReference<>();
    private final StringBuilder text = new StringBuilder();
    private volatile ChatCall call;
    private volatile long lastHeard = System.nanoTime();
    private Integer tokensUsed;

    /**
     * Reads the text to its end, or to where it is too long; blocks meanwhile.
     *
     * @throws OllamaException if none came, or if it was cancelled
     */
    String run(ChatCall prepared) {
        call = prepared;
        try {
            if (cancelled.get() == null) {
                tokensUsed = call.run(this);
            }
        } catch (OllamaException e) {
            if (cancelled.get() == null && !isFull()) {
                throw e;
            }
        }
        if (cancelled.get() != null) {
            throw cancelled.get();
        }
        if (text.toString().isBlank()) {
            throw OllamaException.broken("The model wrote nothing", null);
        }
        return Excerpt.cut(text.toString().strip(), MAX_LENGTH);
    }

    /** @return Ollama's count, or null */
    Integer tokensUsed() {
        return tokensUsed;
    }

    /** Ends it at once, from any thread. */
    void cancel(OllamaException reason) {
        if (cancelled.compareAndSet(null, reason) && call != null) {
            call.cancel();
        }
    }

    /** @return how long Ollama has not been heard, in nanoseconds */
    long silence(long nanoTime) {
        return nanoTime - lastHeard;
    }

    @Override
    public void heard() {
        lastHeard = System.nanoTime();
    }

    @Override
    public void said(String piece) {
        text.append(piece);
        if (isFull()) {
            call.cancel();
        }
    }

    @Override
    public void caughtUp() {
        // Nobody reads along.
    }

    private boolean isFull() {
        return text.length() > 2 * MAX_LENGTH;
    }
}
