package ollamaweb.http;

import java.util.concurrent.Semaphore;

/**
 * What all bodies in flight may take together, by the size of the heap: all the limits keep a server of 128 MB alive.
 *
 * @param arriving the bytes of bodies that are not large
 * @param parsed   the objects made of them
 * @param large    how many bodies beyond 1 MiB are collected at a time; a few more wait for their turn
 * @param uploads  how many uploads are read at a time
 * @param imports  how many imports are read at a time
 */
record BodyMemoryLimits(MemoryBudget arriving, MemoryBudget parsed, WaitingLine large, Semaphore uploads, Semaphore imports) {

    private static final long HEAP_FOR_TWO_LARGE = 384L * 1024 * 1024;
    private static final int UPLOADS = 8;
    private static final int MOST_WAITING = 32;
    private static final long WAIT_LIMIT_MILLIS = 30_000;

    /** Reading a large body keeps a processor busy; one is left for everybody else. */
    static BodyMemoryLimits of(long heapBytes, int processors) {
        int large = heapBytes < HEAP_FOR_TWO_LARGE || processors <= 2 ? 1 : 2;
        return new BodyMemoryLimits(new MemoryBudget(heapBytes / 8), new MemoryBudget(heapBytes / 4),
                new WaitingLine(large, MOST_WAITING, WAIT_LIMIT_MILLIS), new Semaphore(UPLOADS), new Semaphore(large));
    }
}
