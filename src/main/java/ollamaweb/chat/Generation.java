package ollamaweb.chat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import ollamaweb.providers.ChatCall;
import ollamaweb.providers.ChatEnd;
import ollamaweb.providers.ChatListener;
import ollamaweb.providers.ChatRequest;
import ollamaweb.providers.ModelProvider;
import ollamaweb.providers.ProviderException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An answer in the making. Its worker runs {@link #make}; clients follow its log; whoever wants it to end early says so
 * once, and the worker ends it.
 */
final class Generation implements ChatListener {

    private static final Logger logger = LoggerFactory.getLogger(Generation.class);

    /** The text has reached a limit; unwinds the reading of the answer. */
    private static final class LimitReached extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Outcome outcome;

        LimitReached(Outcome outcome) {
            super(null, null, false, false);
            this.outcome = outcome;
        }
    }

    private final Question question;
    private final Instant startedAt;
    private final int maxBytes;
    private final ReservedMemory memory;
    private final TokenLog log;
    private final List<Follower> followers = new CopyOnWriteArrayList<>();
    private final AtomicReference<Outcome> endEarly = new AtomicReference<>();
    private final CompletableFuture<Outcome> told = new CompletableFuture<>();
    private final CompletableFuture<Outcome> saved = new CompletableFuture<>();
    private final AtomicBoolean saving = new AtomicBoolean();
    private volatile ChatCall call;
    private ChatEnd end;
    private volatile Outcome outcome;
    private volatile long lastHeard = System.nanoTime();
    private final int newFrom;
    private volatile int savedPlace;
    private int shown;

    /**
     * @param maxBytes how long it may become, as UTF-8
     * @param memory   what its text is counted against; given back once nobody makes or follows it any more
     */
    Generation(Question question, Instant startedAt, int maxBytes, ReservedMemory memory) {
        this.question = question;
        this.startedAt = startedAt;
        this.maxBytes = maxBytes;
        this.memory = memory;
        this.log = TokenLog.of(question.saidBefore());
        this.shown = log.count();
        this.newFrom = log.end();
        this.savedPlace = newFrom;
    }

    /** @return the answer's message id */
    long id() {
        return question.answerId();
    }

    Question question() {
        return question;
    }

    Instant startedAt() {
        return startedAt;
    }

    /** @return the place where its new text begins: not 0 when it goes on from an answer that broke off */
    int newFrom() {
        return newFrom;
    }

    TokenLog log() {
        return log;
    }

    /** @return how it ended, or null while it is in the making; once it is there, the log is final */
    Outcome outcome() {
        return outcome;
    }

    /** @return done once followers are told how it ended, whether that is saved or not; never fails */
    CompletableFuture<Outcome> told() {
        return told;
    }

    /** @return done once the outcome is saved, or nobody will save it any more; never fails */
    CompletableFuture<Outcome> saved() {
        return saved;
    }

    /** Reads the answer to its end, whichever that is; blocks meanwhile. */
    Outcome make(ModelProvider provider, ChatRequest request) {
        try {
            call = provider.chat(request, this);
            if (endEarly.get() == null) {
                call.run();
                return Outcome.complete(end);
            }
            return endEarly.get();
        } catch (ProviderException e) {
            return endEarly.get() == null ? Outcome.failed(e) : endEarly.get();
        } catch (LimitReached e) {
            return endEarly.get() == null ? e.outcome : endEarly.get();
        } catch (RuntimeException | Error e) {
            Quietly.run(() -> logger.error("Answer {} failed", id(), e));
            return Outcome.failed("An internal server error occurred");
        }
    }

    /** Ends it early, at once; what has come is kept. The first who asks decides how it ends. */
    void end(Outcome early) {
        if (endEarly.compareAndSet(null, early)) {
            var started = call;
            if (started != null) {
                started.cancel();
            }
        }
    }

    /** @return what has been said since the last {@link #savedUpTo} */
    UnsavedText unsaved() {
        return new UnsavedText(this, savedPlace, log.end());
    }

    void savedUpTo(int place) {
        savedPlace = place;
    }

    /** @return false while another save of it is under way; after true, {@link #endSaving} has to follow */
    boolean beginSaving() {
        return saving.compareAndSet(false, true);
    }

    void endSaving() {
        saving.set(false);
    }

    /** @return whether its call has been made, which is after its row was committed */
    boolean hasBegun() {
        return call != null;
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
        var bytes = piece.getBytes(StandardCharsets.UTF_8);
        int room = maxBytes - log.end();
        if (!memory.take(TokenLog.memory(bytes.length))) {
            throw limitReached(Outcome.outOfMemory());
        }
        if (bytes.length > room) {
            int whole = TokenLog.whole(bytes, Math.max(0, room));
            if (whole > 0) {
                log.append(bytes, 0, whole);
            }
            throw limitReached(Outcome.tooLong());
        }
        log.append(bytes, 0, bytes.length);
    }

    private LimitReached limitReached(Outcome reached) {
        call.cancel();
        return new LimitReached(reached);
    }

    @Override
    public void caughtUp() {
        if (log.count() > shown) {
            shown = log.count();
            wakeFollowers();
        }
    }

    @Override
    public void end(ChatEnd heard) {
        end = heard;
    }

    /** Nothing will come any more: followers hear how it ended, the first time. */
    void tell(Outcome heard) {
        if (outcome == null) {
            outcome = heard;
            wakeFollowers();
            told.complete(heard);
        }
    }

    /** The outcome is on disk, or nobody will put it there any more. */
    void close(Outcome savedEnding) {
        tell(savedEnding);
        saved.complete(savedEnding);
        giveMemoryBack();
    }

    void join(Follower follower) {
        followers.add(follower);
    }

    void leave(Follower follower) {
        followers.remove(follower);
        giveMemoryBack();
    }

    boolean isFollowed() {
        return !followers.isEmpty();
    }

    void pingSilentFollowers(long nanoTime) {
        followers.forEach(follower -> Quietly.run(() -> follower.pingIfSilent(nanoTime)));
    }

    /** One follower that cannot be written to keeps no other from its news. */
    private void wakeFollowers() {
        for (var follower : followers) {
            try {
                follower.wake();
            } catch (RuntimeException | Error e) {
                Quietly.run(() -> logger.warn("A follower of answer {} could not be written to", id(), e));
            }
        }
    }

    private void giveMemoryBack() {
        if (saved.isDone() && followers.isEmpty()) {
            memory.close();
        }
    }
}
