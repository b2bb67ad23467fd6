package ollamaweb.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Starts at a round moment, and goes on by a millisecond each time somebody looks, or by as much as a test says. */
public final class TestClock extends Clock {

    public static final Instant START = Instant.parse("2026-01-05T10:00:00Z");

    private Instant now = START;

    /** Turns the clock on. */
    public synchronized void advance(Duration duration) {
        now = now.plus(duration);
    }

    @Override
    public synchronized Instant instant() {
        now = now.plusMillis(1);
        return now;
    }

    synchronized long nanos() {
        return Duration.between(START, now).toNanos();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.fixed(instant(), zone);
    }
}
