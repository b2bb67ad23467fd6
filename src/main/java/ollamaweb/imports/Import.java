package ollamaweb.imports;

import java.time.Instant;

/**
 * A file that is brought in, as its owner sees it.
 *
 * @param source   the format of the file; null until it is known
 * @param size     of the file, in bytes
 * @param done     how many conversations the report names
 * @param total    how many conversations the file has; null until they are counted
 * @param error    why it failed as a whole, or null
 */
record Import(
        long id,
        String status,
        String source,
        boolean dryRun,
        String fileName,
        long size,
        int done,
        Integer total,
        int imported,
        int updated,
        int unchanged,
        int failed,
        String error,
        Instant createdAt,
        Instant startedAt,
        Instant finishedAt) {

    static final String DONE = "done";
    static final String FAILED = "failed";
}
