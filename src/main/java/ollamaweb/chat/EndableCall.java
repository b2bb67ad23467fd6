package ollamaweb.chat;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import ollamaweb.providers.ChatCall;
import ollamaweb.providers.ProviderException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one call by which a model is asked for an answer. Whoever wants it to end early says so once, and decides how it ends. */
final class EndableCall {

    private static final Logger log = LoggerFactory.getLogger(EndableCall.class);

    private final AtomicReference<Outcome> early = new AtomicReference<>();
    private volatile ChatCall call;

    /** @return how it was ended early; null as long as it was not */
    Outcome early() {
        return early.get();
    }

    /** @return false if somebody has ended it before */
    boolean end(Outcome how) {
        if (!early.compareAndSet(null, how)) {
            return false;
        }
        var started = call;
        if (started != null) {
            started.cancel();
        }
        return true;
    }

    /**
     * Makes the call, unless it was ended; blocks until it is over.
     *
     * @param prepare  makes the call ready, and does not begin it
     * @param answerId for the log
     * @return how it ended: whole, where the model was at its end, whoever wanted to end it just then
     */
    Outcome make(Supplier<ChatCall> prepare, long answerId) {
        try {
            call = prepare.get();
            if (early() == null) {
                call.run();
                return Outcome.complete(Outcome.Counts.NONE);
            }
            return early();
        } catch (ProviderException e) {
            return early() == null ? Outcome.failed(e) : early();
        } catch (BoundedText.LimitReached e) {
            call.cancel();
            return early() == null ? e.outcome() : early();
        } catch (RuntimeException | Error e) {
            Quietly.run(() -> log.error("Answer {} failed", answerId, e));
            return Outcome.failed("An internal server error occurred");
        }
    }
}
