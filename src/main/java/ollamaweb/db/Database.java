package ollamaweb.db;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * The database, as features use it. A work is a function of an open {@link Transaction}; it may be run again when the
 * database could not complete it beside others, so it changes nothing but the database, or the same thing each time.
 */
public interface Database extends AutoCloseable {

    /** Stands for an account that is being made. */
    long NEW_ACCOUNT = 0;

    /** @return a DAO whose every call reads on a connection of its own; it cannot write */
    <D> D reader(Class<D> dao);

    /** @return what the work read, all from one state of the database */
    <R> R read(Function<Transaction, R> work);

    /**
     * Runs the work of a request in a transaction and returns once it is on disk. It has to be short: what is large goes
     * in {@link #step steps}.
     *
     * @throws DatabaseUnavailableException if the database could not take the write, or too many are waiting; nothing
     *                                      of it was kept
     */
    <R> R write(Function<Transaction, R> work);

    /**
     * As {@link #write(Function)}, one after the other for each account, also on other servers: what the work reads of the
     * account is still so when it is committed.
     *
     * @param userId whose account it is, or {@link #NEW_ACCOUNT}
     */
    <R> R write(long userId, Function<Transaction, R> work);

    /** As {@link #write(Function)}, for what the server itself has to save; it has room however many requests are waiting. */
    <R> R save(Function<Transaction, R> work);

    /** As {@link #save}, for a caller that goes on meanwhile. */
    <R> CompletableFuture<R> submit(Function<Transaction, R> work);

    /**
     * As {@link #write(Function)}, for one step of a large write, a few milliseconds long. It lets other writes go first, and it
     * is on disk by itself: what others may see of the steps before it is up to the caller.
     */
    <R> R step(Function<Transaction, R> work);

    /**
     * As {@link #step}, unless another server is in the middle of one: then nothing is done.
     *
     * @return what the work gave; empty if it was left to another server
     */
    <R> Optional<R> stepAlone(Function<Transaction, R> work);

    /**
     * Gives back the room of what was deleted, in steps beside everything else, as far as this kind of database can; it may
     * take minutes.
     *
     * @param stops asked between two steps; true ends it early
     */
    void reclaim(BooleanSupplier stops);

    /** @param task to be run after each commit of this server, beside those that are already; it has to be quick */
    void afterCommit(Runnable task);

    /** @return whether the database answers, has its schema, and can be written */
    boolean isAlive();

    /** @return how busy it is at the moment */
    DatabaseLoad load();

    /** @param observer hears from now on how long reads and writes take, in the place of any other */
    void observe(DatabaseObserver observer);

    /** @return whether other servers may use it at the same time */
    boolean isShared();

    /** @return what tells it from all others; of one that is not shared, nothing in particular */
    String identity();

    /** @return which kind of database it is, for what is there once for each kind */
    Dialect dialect();

    /** @return what keeps the data, for the log: the database's version and the modes that decide what survives */
    String description();

    /** Finishes the writes that were accepted, and leaves the database to others. */
    @Override
    void close();
}
