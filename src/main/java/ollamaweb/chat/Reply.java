package ollamaweb.chat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import ollamaweb.ollama.ChatCall;
import ollamaweb.ollama.ChatListener;
import ollamaweb.ollama.OllamaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An answer in the making. Its worker runs {@link #make}; clients follow its log; whoever wants it to end early says so
 * once, and the worker ends it.
 */
final class Reply implements Answer, ChatListener {

    private static final Logger logger = LoggerFactory.getLogger(Reply.class);

    private final Question question;
    private final TokenLog log;
    private final List<Follower> followers = new CopyOnWriteArrayList<>();
    private final AtomicReference<Ending> endEarly = new AtomicReference<>();
    private final CompletableFuture<Ending> saved = new CompletableFuture<>();
    private volatile ChatCall call;
    private volatile Ending ending;
    private volatile long lastHeard = System.nanoTime();
    private final int newFrom;
    private volatile int savedPlace;
    private int shown;

    Reply(Question question) {
        this.question = question;
        this.log = TokenLog.of(question.saidBefore());
        this.shown = log.count();
        this.newFrom = log.end();
        this.savedPlace = newFrom;
    }

    @Override
    public long id() {
        return question.answerId();
    }

    Question question() {
        return question;
    }

    /** @return the place where its new text begins: not 0 when it goes on from an answer that broke off */
    int newFrom() {
        return newFrom;
    }

    @Override
    public TokenLog log() {
        return log;
    }

    @Override
    public Ending ending() {
        return ending;
    }

    /** @return done once the ending is saved and followers can be told; never fails */
    CompletableFuture<Ending> saved() {
        return saved;
    }

    /** Reads the answer to its end, whichever that is; blocks meanwhile. */
    Ending make(Supplier<ChatCall> prepared) {
        try {
            call = prepared.get();
            return endEarly.get() == null ? Ending.complete(call.run(this)) : endEarly.get();
        } catch (OllamaException e) {
            return endEarly.get() == null ? Ending.failed(e) : endEarly.get();
        } catch (RuntimeException | Error e) {
            logger.error("Answer {} failed", id(), e);
            return Ending.failed("An internal server error occurred");
        }
    }

    /** Ends it early, at once; what has come is kept. The first who asks decides how it ends. */
    void end(Ending early) {
        if (endEarly.compareAndSet(null, early)) {
            var started = call;
            if (started != null) {
                started.cancel();
            }
        }
    }

    /** @return what has been said since the last {@link #savedUpTo} */
    Growth unsaved() {
        return new Growth(this, savedPlace, log.end());
    }

    void savedUpTo(int place) {
        savedPlace = place;
    }

    /** @return whether its call has been made, which is after its row was committed */
    boolean hasBegun() {
        return call != null;
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
        log.append(piece);
    }

    @Override
    public void caughtUp() {
        if (log.count() > shown) {
            shown = log.count();
            followers.forEach(Follower::wake);
        }
    }

    /** Nothing will come any more: followers hear how it ended, the first time. */
    void tell(Ending told) {
        if (ending == null) {
            ending = told;
            followers.forEach(Follower::wake);
        }
    }

    /** The ending is on disk. */
    void close(Ending savedEnding) {
        tell(savedEnding);
        saved.complete(savedEnding);
    }

    @Override
    public void join(Follower follower) {
        followers.add(follower);
    }

    @Override
    public void leave(Follower follower) {
        followers.remove(follower);
    }

    boolean isFollowed() {
        return !followers.isEmpty();
    }

    void pingSilentFollowers(long nanoTime) {
        followers.forEach(follower -> follower.pingIfSilent(nanoTime));
    }
}
