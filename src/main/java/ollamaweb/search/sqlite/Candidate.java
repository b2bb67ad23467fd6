package ollamaweb.search.sqlite;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/**
 * A message that may hold what is searched for.
 *
 * @param position where it stands among its owner's messages; what the bits mean is told in {@code 004_message_search.sql}
 * @param moment   when it was written, in milliseconds since 1970
 */
public record Candidate(long position, long moment, long messageId, long conversationId, String role, String content) {

    static final Comparator<Candidate> OLDEST_FIRST =
            Comparator.comparingLong(Candidate::moment).thenComparingLong(Candidate::messageId);

    private static final int OWNER_SHIFT = 40;
    private static final int DAY_SHIFT = 25;
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
    private static final long LATE = 1L << 24;

    /** @return the lowest position that a message of the user can have */
    static long firstPosition(long userId) {
        return userId << OWNER_SHIFT;
    }

    /** @return the highest position that a message of the user can have */
    static long lastPosition(long userId) {
        return firstPosition(userId + 1) - 1;
    }

    /** @return the lowest position of a message of the user that was written at this moment or later on its day */
    static long firstPosition(long userId, Instant moment) {
        return firstPosition(userId) | day(moment) << DAY_SHIFT;
    }

    /** @return the highest position of a message of the user that was written at this moment or earlier */
    static long lastPosition(long userId, Instant moment) {
        return firstPosition(userId, moment) | (1L << DAY_SHIFT) - 1;
    }

    private static long day(Instant moment) {
        return Math.min(Math.max(Math.floorDiv(moment.toEpochMilli(), DAY_MILLIS), 0), (1L << OWNER_SHIFT - DAY_SHIFT) - 1);
    }

    /** @return whether, read from the highest position down, nothing newer than {@code other} comes from here on */
    boolean endsWhatIsNewerThan(Candidate other) {
        boolean isLate = (position & LATE) != 0;
        return isLate ? position >> DAY_SHIFT < other.position >> DAY_SHIFT : OLDEST_FIRST.compare(this, other) < 0;
    }
}
