package ollamaweb.chat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.HttpUrl;
import ollamaweb.db.Database;
import ollamaweb.http.ApiException;
import ollamaweb.ollama.ChatRequest;
import ollamaweb.ollama.OllamaClient;
import ollamaweb.ollama.OllamaException;
import ollamaweb.users.OllamaUrls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All answers in the making: starts them, watches over them, and ends them. */
public final class Replies implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Replies.class);

    /** Answers are saved twice a second, so that with the write itself no more than a second of one can be lost. */
    private static final Duration TICK = Duration.ofMillis(500);
    private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(5);
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final Map<Long, Reply> running = new ConcurrentHashMap<>();
    private final Database database;
    private final OllamaClient ollama;
    private final OllamaUrls ollamaUrls;
    private final ReplyStore store;
    private final long idleTimeoutNanos;
    private final Clock clock;
    private final Executor workers = Workers.executor("reply");
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(Workers.daemon("reply-ticker"));
    private volatile boolean closing;

    /** @param idleTimeout how long Ollama may be silent before an answer is given up */
    public Replies(Database database, OllamaClient ollama, OllamaUrls ollamaUrls, Duration idleTimeout, Clock clock) {
        this.database = database;
        this.ollama = ollama;
        this.ollamaUrls = ollamaUrls;
        this.store = new ReplyStore(database, clock);
        this.idleTimeoutNanos = idleTimeout.toNanos();
        this.clock = clock;
    }

    /** Closes what a killed server left open, and begins to watch. */
    public void start() {
        store.interruptLeftovers();
        ticker.scheduleAtFixedRate(this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A reply whose row is on disk, and what its model is to be asked, and where. */
    private record Opened(Reply reply, HttpUrl ollama, ChatRequest request) {}

    /**
     * Saves the question, and starts its answer.
     *
     * @throws ApiException if it is refused; then nothing was saved
     */
    Reply ask(long userId, ChatDraft draft) {
        if (closing) {
            throw ApiException.unavailable("The server is shutting down");
        }
        var opened = open(userId, draft);
        workers.execute(() -> make(opened));
        return opened.reply();
    }

    /** Whoever sees the row of an answer in the making finds its reply: it is known before the row is committed. */
    private Opened open(long userId, ChatDraft draft) {
        var known = new AtomicReference<Reply>();
        try {
            return database.write(tx -> {
                var reply = new Reply(Question.ask(tx, userId, draft, clock.instant()));
                known.set(reply);
                running.put(reply.id(), reply);
                return new Opened(reply, ollamaUrls.of(tx, userId), ReplyStore.request(tx, reply.question()));
            });
        } catch (RuntimeException e) {
            if (known.get() != null) {
                running.remove(known.get().id());
            }
            throw e;
        }
    }

    /** @return the user's answer in the making with this id */
    Optional<Reply> find(long id, long userId) {
        return Optional.ofNullable(running.get(id)).filter(reply -> reply.question().userId() == userId);
    }

    /** @return how many answers are in the making */
    public int count() {
        return running.size();
    }

    /** Ends all answers, saves them, and gives their followers a moment to hear of it. */
    @Override
    public void close() {
        closing = true;
        var ending = List.copyOf(running.values());
        ending.forEach(reply -> reply.end(Ending.shutDown()));
        await(CompletableFuture.allOf(ending.stream().map(Reply::saved).toArray(CompletableFuture[]::new)));
        long farewell = System.nanoTime() + FAREWELL.toNanos();
        while (ending.stream().anyMatch(Reply::isFollowed) && System.nanoTime() < farewell) {
            Workers.pause(Duration.ofMillis(10));
        }
        ticker.shutdownNow();
    }

    private void make(Opened opened) {
        var reply = opened.reply();
        try {
            var ending = reply.make(() -> ollama.chat(opened.ollama(), opened.request()));
            store.close(reply, ending, () -> closing);
        } finally {
            running.remove(reply.id(), reply);
        }
    }

    private void tick() {
        try {
            long now = System.nanoTime();
            running.values().forEach(reply -> watch(reply, now));
            store.saveGrown(running.values());
            store.endDeleted(running.values());
        } catch (RuntimeException e) {
            log.error("Watching over {} answers failed, will try again", running.size(), e);
        }
    }

    private void watch(Reply reply, long now) {
        if (reply.silence(now) > idleTimeoutNanos) {
            reply.end(Ending.failed(new OllamaException(OllamaException.Kind.SILENT, "Ollama has been silent for too long")));
        }
        reply.pingSilentFollowers(now);
    }

    private static void await(CompletableFuture<Void> all) {
        try {
            all.get(PATIENCE_AT_CLOSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // What could not be saved in time is marked as interrupted at the next start.
        }
    }
}
