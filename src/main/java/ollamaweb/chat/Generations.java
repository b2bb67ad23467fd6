package ollamaweb.chat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import ollamaweb.cluster.Peers;
import ollamaweb.concurrent.Threads;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.files.FileStore;
import ollamaweb.http.ApiException;
import ollamaweb.http.CurrentUser;
import ollamaweb.models.ModelCatalogue;
import ollamaweb.models.ModelProviders;
import ollamaweb.turns.Turn;
import ollamaweb.turns.Turns;
import ollamaweb.usage.AnswerUsage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All answers in the making: starts them, watches over them, and ends them. */
public final class Generations implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Generations.class);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    private final Map<Long, Generation> running = new ConcurrentHashMap<>();
    private final MemoryBudget memory = MemoryBudget.ofHeap();
    private final Database database;
    private final NewAnswers answers;
    private final Turns turns;
    private final HostChange hosts;
    private final ContextMeasures measures;
    private final GenerationStore store;
    private final GenerationClosing closings;
    private final GenerationWatch watch;
    private final GenerationLimits limits;
    private final Peers peers;
    private final RemoteAnswers remote;
    private final Clock clock;
    private final Executor workers;
    private volatile boolean closing;

    /**
     * @param idleTimeout how long a model may be silent before an answer is given up
     * @param files       what comes with questions
     * @param turns       who may ask a host of models
     * @param peers       the other servers, with which answers are shared
     */
    public Generations(Database database, ModelProviders providers, ModelCatalogue catalogue, FileStore files, Turns turns,
            Duration idleTimeout, GenerationLimits limits, Peers peers, Clock clock) {
        this(database, providers, catalogue, files, turns, idleTimeout, limits, peers, clock, Threads.forWaiting("generation"));
    }

    Generations(Database database, ModelProviders providers, ModelCatalogue catalogue, FileStore files, Turns turns, Duration idleTimeout,
            GenerationLimits limits, Peers peers, Clock clock, Executor workers) {
        this.database = database;
        var abilities = new Abilities(database, catalogue);
        this.measures = new ContextMeasures(database, abilities, catalogue, limits.contextMessages());
        this.answers = new NewAnswers(providers, abilities, new Attachments(database, files, abilities), measures, limits);
        this.turns = turns;
        this.hosts = new HostChange(providers, turns);
        this.store = new GenerationStore(database, peers::serverId, clock);
        this.closings = new GenerationClosing(database, clock);
        this.watch = new GenerationWatch(running, store, idleTimeout);
        this.limits = limits;
        this.peers = peers;
        this.remote = new RemoteAnswers(database, peers, memory, watch);
        this.clock = clock;
        this.workers = workers;
    }

    /** Begins to watch. */
    public void start() {
        store.deleteStrayParts();
        remote.start(running);
        watch.start();
    }

    /**
     * Interrupts some of the answers that servers that are gone had in the making, with all that was saved of them.
     *
     * @return whether there may be more
     */
    public boolean releaseSome(Transaction tx) {
        return GenerationStore.interruptSome(tx, clock.instant());
    }

    /** A generation whose row is on disk, who makes it, and when. */
    private record Opened(Generation generation, AnswerMaker maker, Turn turn) {}

    /**
     * Saves the question, and starts its answer.
     *
     * @throws ApiException if it is refused; then nothing was saved
     */
    Generation ask(CurrentUser user, ChatDraft draft) {
        requireOpen();
        return begin(user.id(), answers.of(user, draft));
    }

    /**
     * As an own question, what a client of another API asks.
     *
     * @param maker passes the request on and tells the answer
     * @throws ApiException if it is refused; then nothing was saved
     */
    public KeptAnswer keep(CurrentUser user, Exchange exchange, AnswerMaker maker) {
        requireOpen();
        return new KeptAnswer(begin(user.id(), answers.of(user, exchange, maker)));
    }

    private void requireOpen() {
        if (closing) {
            throw ApiException.busy("The server is shutting down", 1);
        }
    }

    /** The worker comes first, so that no row is left to one that cannot be started. */
    private Generation begin(long userId, NewAnswer answer) {
        var opening = new CompletableFuture<Opened>();
        var turn = turns.enter(answer.maker().host(), userId);
        try {
            startWorker(opening);
            var opened = open(userId, answer, turn);
            opening.complete(opened);
            return opened.generation();
        } finally {
            if (opening.cancel(false)) { // ends the worker, unless it has got its answer to make
                turn.close();
            }
        }
    }

    private void startWorker(CompletableFuture<Opened> opening) {
        try {
            workers.execute(() -> work(opening));
        } catch (RejectedExecutionException | OutOfMemoryError noThread) {
            Quietly.run(() -> log.error("No thread for another answer; {} are in the making", running.size(), noThread));
            throw ApiException.busy("The server is busy, please try again", 1);
        }
    }

    /** Whoever sees the row of an answer in the making finds its generation: it is known before the row is committed. */
    private Opened open(long userId, NewAnswer answer, Turn turn) {
        var known = new AtomicReference<Generation>();
        try {
            return database.write(userId, tx -> {
                forget(known.getAndSet(null)); // of a run before, which the database could not complete
                var now = clock.instant();
                var generation = answer.write(tx, peers.serverId(), now).generation(memory, limits.conversation().maxAnswerBytes(), now);
                known.set(generation);
                endFormer(running.put(generation.id(), generation));
                return new Opened(generation, answer.maker(), turn);
            });
        } catch (RuntimeException | Error e) {
            forget(known.get());
            throw e;
        }
    }

    /** One that this server was still making when others took it over, and that goes on as another one. */
    private static void endFormer(Generation former) {
        if (former != null) {
            former.end(Outcome.closedElsewhere());
        }
    }

    private void forget(Generation generation) {
        if (generation != null) {
            running.remove(generation.id());
            generation.close(Outcome.LOST);
        }
    }

    /** @return the answer in the making here with this id, whoever may see it */
    Optional<Generation> find(long id) {
        return Optional.ofNullable(running.get(id));
    }

    /** @return how the generation has ended, once it is saved; null if it is not saved in time */
    CompletableFuture<Outcome> stop(Generation generation) {
        generation.end(Outcome.stopped());
        return watch.within(STOP_TIMEOUT, generation.saved());
    }

    /** @return the answers that other servers have in the making */
    RemoteAnswers elsewhere() {
        return remote;
    }

    /** Closes an answer that is in the making according to its row, but that nobody makes. */
    void closeLost(long id) {
        store.closeLost(id, running);
    }

    /** @param ended hears of each answer that was made here, once it has ended; it has to be quick */
    public void onEnd(Consumer<AnswerUsage> ended) {
        closings.onEnd(ended);
    }

    /** @return how many answers are in the making */
    public int count() {
        return running.size();
    }

    /** Ends all answers, saves them, and gives their followers a moment to hear of it. */
    @Override
    public void close() {
        closing = true;
        var outcome = List.copyOf(running.values());
        outcome.forEach(generation -> generation.end(Outcome.shutDown()));
        remote.close();
        LastMoments.await(outcome);
        watch.close();
    }

    private void work(CompletableFuture<Opened> opening) {
        try {
            make(opening.join());
        } catch (CancellationException refused) {
            // There is no answer to make.
        }
    }

    /** Whatever goes wrong, the generation is given up and its followers hear of it; its row is then closed by the watch. */
    private void make(Opened opened) {
        var generation = opened.generation();
        try {
            var outcome = measures.of(generation, hosts.make(generation, opened.maker(), opened.turn()));
            closings.close(generation, outcome, () -> closing);
        } catch (RuntimeException | Error e) {
            Quietly.run(() -> log.error("Answer {} was lost", generation.id(), e));
        } finally {
            opened.turn().close();
            running.remove(generation.id(), generation);
            generation.close(Outcome.LOST);
        }
    }
}
