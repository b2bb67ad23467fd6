package ollamaweb.turns;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import ollamaweb.db.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What holds the bound of a host across all servers on one database. Where there is one server only, there is nothing to hold. */
final class Slots {

    private static final Logger log = LoggerFactory.getLogger(Slots.class);

    /** One of a host's slots. */
    record Slot(String host, int number, long serverId) {}

    private static final Slot NONE_NEEDED = new Slot("", 0, 0);

    private final Database database;
    private final LongSupplier serverId;
    /** What the database did not take back when it was asked to. */
    private final Queue<Slot> unreleased = new ConcurrentLinkedQueue<>();

    Slots(Database database, LongSupplier serverId) {
        this.database = database;
        this.serverId = serverId;
    }

    /** @return a slot, to be given back; empty if all are taken at the moment */
    Optional<Slot> take(String host, int most) {
        if (!database.isShared()) {
            return Optional.of(NONE_NEEDED);
        }
        for (var slot = unreleased.poll(); slot != null; slot = unreleased.poll()) {
            giveBack(slot);
        }
        long server = serverId.getAsLong();
        return database.save(tx -> tx.dao(SlotDao.class).take(host, most, server)).map(number -> new Slot(host, number, server));
    }

    void giveBack(Slot slot) {
        if (slot.equals(NONE_NEEDED)) {
            return;
        }
        try {
            database.save(tx -> {
                tx.dao(SlotDao.class).giveBack(slot.host(), slot.number(), slot.serverId());
                return null;
            });
        } catch (RuntimeException e) {
            log.warn("A slot of {} could not be given back, will try again", slot.host(), e);
            unreleased.add(slot);
        }
    }
}
