package ollamaweb.insights;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import ollamaweb.concurrent.Threads;
import ollamaweb.json.Excerpt;
import ollamaweb.providers.ChatCall;
import ollamaweb.providers.ChatEnd;
import ollamaweb.providers.ChatListener;
import ollamaweb.providers.ProviderException;
import ollamaweb.turns.Turn;

/** One attempt of a model at one text. Others may cancel it, once, and say why. */
final class Attempt implements ChatListener {

    private static final int MAX_LENGTH = 20_000;

    private static final Duration TURN_PAUSE = Duration.ofMillis(100);

    private final AtomicReference<ProviderException> cancelled = new AtomicReference<>();
    private final StringBuilder text = new StringBuilder();
    private volatile ChatCall call;
    private volatile long lastHeard = System.nanoTime();
    private Integer tokensUsed;

    /**
     * Waits until nobody else does; a wait is no silence.
     *
     * @param turn empty while there is none to be had
     * @throws ProviderException if it was cancelled meanwhile
     */
    Turn awaitTurn(Supplier<Optional<Turn>> turn) {
        while (cancelled.get() == null) {
            var found = turn.get();
            progress();
            if (found.isPresent()) {
                return found.get();
            }
            Threads.pause(TURN_PAUSE);
        }
        throw cancelled.get();
    }

    /**
     * Reads the text to its end, or to where it is too long; blocks meanwhile.
     *
     * @throws ProviderException if none came, or if it was cancelled
     */
    String run(Function<ChatListener, ChatCall> prepared) {
        call = prepared.apply(this);
        try {
            if (cancelled.get() == null) {
                call.run();
            }
        } catch (ProviderException e) {
            if (cancelled.get() == null && !isFull()) {
                throw e;
            }
        }
        if (cancelled.get() != null) {
            throw cancelled.get();
        }
        if (text.toString().isBlank()) {
            throw ProviderException.broken("The model wrote nothing", null);
        }
        return Excerpt.cut(text.toString().strip(), MAX_LENGTH);
    }

    /** @return the provider's count, or null */
    Integer tokensUsed() {
        return tokensUsed;
    }

    /** Ends it at once, from any thread. */
    void cancel(ProviderException reason) {
        if (cancelled.compareAndSet(null, reason) && call != null) {
            call.cancel();
        }
    }

    /** @return how long the model has not been heard, in nanoseconds */
    long silence(long nanoTime) {
        return nanoTime - lastHeard;
    }

    @Override
    public void progress() {
        lastHeard = System.nanoTime();
    }

    @Override
    public void content(String piece) {
        text.append(piece);
        if (isFull()) {
            call.cancel();
        }
    }

    @Override
    public void caughtUp() {
        // Nobody reads along.
    }

    @Override
    public void end(ChatEnd end) {
        tokensUsed = end.answerTokens();
    }

    private boolean isFull() {
        return text.length() > 2 * MAX_LENGTH;
    }
}
