package ollamaweb.db.sqlite;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import ollamaweb.db.DatabaseUnavailableException;

/**
 * What waits for the writer, in three lanes, none of which grows without end: requests, which are refused when theirs is
 * full; the server's own saves, which therefore have one that requests cannot fill; and the steps of large writes, which
 * let the others go first, though not for ever.
 *
 * @param <W> what waits
 */
final class WorkQueue<W> {

    enum Lane {
        REQUESTS(1000), SAVES(10_000), STEPS(100);

        private final int capacity;

        Lane(int capacity) {
            this.capacity = capacity;
        }

        private Lane other() {
            return this == REQUESTS ? SAVES : REQUESTS;
        }
    }

    /** A step that waits goes before others at least this often. */
    private static final long BETWEEN_STEPS_NANOS = Duration.ofMillis(100).toNanos();

    private final Map<Lane, Queue<W>> lanes = new EnumMap<>(Lane.class);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Lane last = Lane.REQUESTS;
    private long lastStep = System.nanoTime();
    private boolean closed;

    WorkQueue() {
        for (var lane : Lane.values()) {
            lanes.put(lane, new ArrayDeque<>());
        }
    }

    /**
     * @return false if the lane is full
     * @throws DatabaseUnavailableException if the queue is closed
     */
    boolean offer(Lane lane, W work) {
        lock.lock();
        try {
            if (closed) {
                throw new DatabaseUnavailableException("The database is closed", null);
            }
            var waiting = lanes.get(lane);
            if (waiting.size() >= lane.capacity) {
                return false;
            }
            waiting.add(work);
            changed.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** @return what comes next, as soon as there is something; null once the queue is closed and empty */
    W take() throws InterruptedException {
        lock.lock();
        try {
            while (true) {
                var next = isStepDue() ? step() : any();
                if (next != null || closed) {
                    return next;
                }
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** @return what comes next, or null if there is nothing */
    W next() {
        lock.lock();
        try {
            return any();
        } finally {
            lock.unlock();
        }
    }

    /** @return what may share the transaction of those before, or null; never a step, of which one is enough */
    W poll() {
        lock.lock();
        try {
            return quick();
        } finally {
            lock.unlock();
        }
    }

    /** @return how much waits */
    int size() {
        lock.lock();
        try {
            return lanes.values().stream().mapToInt(Queue::size).sum();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** From now on nothing is accepted any more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private W any() {
        var quick = quick();
        return quick == null ? step() : quick;
    }

    /** The two lanes take turns. */
    private W quick() {
        last = last.other();
        var work = lanes.get(last).poll();
        return work == null ? lanes.get(last.other()).poll() : work;
    }

    private boolean isStepDue() {
        return !lanes.get(Lane.STEPS).isEmpty() && System.nanoTime() - lastStep > BETWEEN_STEPS_NANOS;
    }

    private W step() {
        var step = lanes.get(Lane.STEPS).poll();
        if (step != null) {
            lastStep = System.nanoTime();
        }
        return step;
    }
}
