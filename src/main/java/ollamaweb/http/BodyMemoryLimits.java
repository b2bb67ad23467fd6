package ollamaweb.http;

import java.util.concurrent.Semaphore;

/**
 * What all bodies in flight may take together, by the size of the heap: all the limits keep a server of 128 MB alive.
 *
 * @param arriving the bytes of bodies that are not large
 * @param parsed   the objects made of them
 * @param large    how many bodies beyond 1 MiB are collected at a time
 * @param uploads  how many uploads are read at a time
 * @param imports  how many imports are read at a time
 */
record BodyMemoryLimits(MemoryBudget arriving, MemoryBudget parsed, Semaphore large, Semaphore uploads, Semaphore imports) {

    private static final long HEAP_FOR_TWO_LARGE = 384L * 1024 * 1024;
    private static final int UPLOADS = 8;

    static BodyMemoryLimits ofHeap(long maxBytes) {
        int large = maxBytes < HEAP_FOR_TWO_LARGE ? 1 : 2;
        return new BodyMemoryLimits(new MemoryBudget(maxBytes / 8), new MemoryBudget(maxBytes / 4),
                new Semaphore(large), new Semaphore(UPLOADS), new Semaphore(large));
    }
}
