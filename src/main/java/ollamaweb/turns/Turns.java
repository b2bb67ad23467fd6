package ollamaweb.turns;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import ollamaweb.concurrent.Threads;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.http.ApiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose turn it is to have an answer made: so many at once for each host, the others wait in line, fair between accounts. What
 * nobody waits for takes its turn only where nobody else does, and leaves one free.
 */
public final class Turns {

    private static final Logger log = LoggerFactory.getLogger(Turns.class);
    private static final int MAX_WAITING = 1000;
    private static final int RETRY_SECONDS = 10;
    private static final Duration SLOT_PAUSE = Duration.ofMillis(100);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);

    private final Map<String, HostLine> lines = new HashMap<>();
    private final int atOnce;
    private final Slots slots;

    /**
     * @param atOnce   how many answers are made at a host at the same time
     * @param serverId tells the id of this server, which changes when it was taken for gone
     */
    public Turns(Database database, int atOnce, LongSupplier serverId) {
        this.atOnce = atOnce;
        this.slots = new Slots(database, serverId);
    }

    /** What servers held that are gone is free again. */
    public boolean releaseSome(Transaction tx) {
        tx.dao(SlotDao.class).release();
        return false;
    }

    /**
     * Joins the line.
     *
     * @return to be closed
     * @throws ApiException 503 if the line is too long, 429 if half of it is the account's
     */
    public Turn enter(String host, long account) {
        var turn = new Turn(this, host, account, false);
        List<Turn> order;
        synchronized (this) {
            var line = lines.computeIfAbsent(host, newcomer -> new HostLine());
            if (line.running < atOnce && line.waiting() == 0) {
                line.running++;
                turn.grant();
                return turn;
            }
            if (line.waiting() >= MAX_WAITING) {
                throw ApiException.busy("Too many answers wait for this model's server, please try again", RETRY_SECONDS);
            }
            if (line.waiting(account) >= MAX_WAITING / 2) {
                throw ApiException.tooManyRequests("Too many of your answers wait for this model's server", RETRY_SECONDS);
            }
            line.add(turn);
            order = line.inOrder();
        }
        tell(order);
        return turn;
    }

    /** @return a turn for what nobody waits for, to be closed; empty while there is none to be had */
    public Optional<Turn> tryBackground(String host) {
        var turn = new Turn(this, host, 0, true);
        synchronized (this) {
            var line = lines.getOrDefault(host, new HostLine());
            if (line.waiting() > 0 || line.running >= atOnce || line.background >= mostBackground()) {
                return Optional.empty();
            }
            line.running++;
            line.background++;
            lines.put(host, line);
        }
        turn.grant();
        var slot = Optional.<Slots.Slot>empty();
        try {
            slot = slots.take(host, mostBackground());
        } finally {
            slot.ifPresentOrElse(turn::hold, turn::close);
        }
        return slot.map(taken -> turn);
    }

    /** @return how many answers are made at a host or wait for it, of those that this server makes */
    public synchronized int busy(String host) {
        var line = lines.get(host);
        return line == null ? 0 : line.running + line.waiting();
    }

    /** @return how many answers this server has being made, at all hosts */
    public synchronized int running() {
        return lines.values().stream().mapToInt(line -> line.running).sum();
    }

    /** @return how many answers wait in the lines of this server, for all hosts */
    public synchronized int waiting() {
        return lines.values().stream().mapToInt(HostLine::waiting).sum();
    }

    private int mostBackground() {
        return Math.max(1, atOnce - 1);
    }

    /** @return whether there is one; false if the turn was cancelled meanwhile */
    boolean awaitSlot(Turn turn) {
        while (!turn.isCancelled()) {
            try {
                var slot = slots.take(turn.host(), atOnce);
                if (slot.isPresent()) {
                    turn.hold(slot.get());
                    return true;
                }
                turn.isAt(1);
                Threads.pause(SLOT_PAUSE);
            } catch (RuntimeException e) {
                log.warn("A slot of {} could not be taken, will try again", turn.host(), e);
                Threads.pause(AFTER_TROUBLE);
            }
        }
        return false;
    }

    void leave(Turn turn) {
        var slot = turn.slot();
        if (slot != null) {
            turn.hold(null);
            slots.giveBack(slot);
        }
        List<Turn> order;
        synchronized (this) {
            if (!turn.leaves()) {
                return;
            }
            var line = lines.get(turn.host());
            if (!line.remove(turn)) {
                letGo(line, turn);
            }
            order = line.inOrder();
            if (line.isEmpty()) {
                lines.remove(turn.host());
            }
        }
        tell(order);
    }

    private void letGo(HostLine line, Turn turn) {
        line.running--;
        line.background -= turn.isBackground() ? 1 : 0;
        while (line.running < atOnce && line.waiting() > 0) {
            line.running++;
            line.next().grant();
        }
    }

    private static void tell(List<Turn> order) {
        for (int i = 0; i < order.size(); i++) {
            order.get(i).isAt(i + 1);
        }
    }
}
