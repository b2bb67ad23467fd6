package ollamaweb.chat;

import java.time.Instant;
import java.util.Optional;
import ollamaweb.cluster.TokenStreams;

/**
 * An answer that another server makes, as far as it is known here: from Redis as it comes, and from the database as it is
 * saved. Both say the same bytes at the same places, so that whichever comes first counts.
 */
final class RemoteAnswer implements Followable, TokenStreams.Listener {

    private final long id;
    private final long serverId;
    private final Instant startedAt;
    private final ReservedMemory memory;
    private final Runnable onOver;
    private final TokenLog log = TokenLog.of("", "");
    private final KnownText thinking;
    private final KnownText content;
    private final Followers followers = new Followers();
    private long lastHeard = System.nanoTime();
    private volatile long lastLeft = System.nanoTime();
    private volatile Outcome outcome;

    /**
     * @param serverId which server makes it
     * @param memory   what its text is counted against
     * @param onOver   to be run when the other server says that it has ended
     */
    RemoteAnswer(long id, long serverId, Instant startedAt, ReservedMemory memory, Runnable onOver) {
        this.id = id;
        this.serverId = serverId;
        this.startedAt = startedAt;
        this.memory = memory;
        this.onOver = onOver;
        this.thinking = new KnownText(log, true, memory);
        this.content = new KnownText(log, false, memory);
    }

    @Override
    public long id() {
        return id;
    }

    long serverId() {
        return serverId;
    }

    @Override
    public TokenLog log() {
        return log;
    }

    @Override
    public Outcome outcome() {
        return outcome;
    }

    @Override
    public Instant startedAt() {
        return startedAt;
    }

    /** A client that comes from the server that makes it may have got more. */
    @Override
    public Optional<TokenLog.Position> position(LastEventId reached) {
        return reached.isIn(log) ? Optional.of(reached.in(log)) : Optional.empty();
    }

    @Override
    public void join(Follower follower) {
        followers.add(follower);
    }

    @Override
    public void leave(Follower follower) {
        followers.remove(follower);
        lastLeft = System.nanoTime();
        giveMemoryBack();
    }

    /** @return for how long nobody has followed it, in nanoseconds */
    long idle(long nanoTime) {
        return followers.isEmpty() ? nanoTime - lastLeft : 0;
    }

    void pingSilentFollowers(long nanoTime) {
        followers.pingSilent(nanoTime);
    }

    @Override
    public void heard(boolean isThinking, int start, byte[] text) {
        add(isThinking, start, text);
        synchronized (this) {
            lastHeard = System.nanoTime();
        }
    }

    /** @return whether nothing is missing, and something has come from the other server within so many nanoseconds */
    synchronized boolean isHeard(long nanoTime, long within) {
        return thinking.isWhole() && content.isWhole() && nanoTime - lastHeard < within;
    }

    @Override
    public void over() {
        onOver.run();
    }

    /** Takes text from wherever it came. */
    void add(boolean isThinking, int start, byte[] text) {
        boolean isNew;
        synchronized (this) {
            try {
                isNew = outcome == null && (isThinking ? thinking : content).add(start, text);
            } catch (BoundedText.LimitReached e) {
                outcome = e.outcome();
                isNew = true;
            }
        }
        if (isNew) {
            followers.wake(id);
        }
    }

    /** Nothing will come any more. */
    void end(Outcome how) {
        synchronized (this) {
            if (outcome == null) {
                outcome = how;
            }
        }
        followers.wake(id);
        giveMemoryBack();
    }

    private void giveMemoryBack() {
        if (outcome != null && followers.isEmpty()) {
            memory.close();
        }
    }
}
