package ollamaweb.json;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;

/**
 * A time as clients write it: a date, which begins and ends where its user lives, or an instant. One of the two is null.
 */
public record DateOrInstant(LocalDate date, Instant instant) {

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    /**
     * Reads {@code 2026-03-01} or what {@link Timestamps} reads.
     *
     * @throws DateTimeParseException if it is neither, or not of the years 1 to 9999
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static DateOrInstant parse(String text) {
        return Days.parse(text).map(DateOrInstant::of).orElseGet(() -> new DateOrInstant(null, Timestamps.parse(text)));
    }

    public static DateOrInstant of(LocalDate date) {
        return new DateOrInstant(date, null);
    }

    /** @return the instant, or the first one of the date: midnight, or what follows it where a clock change skips it */
    public Instant start(ZoneId zone) {
        return date == null ? instant : date.atStartOfDay(zone).toInstant();
    }

    /** @return the instant, or the first one after the date: the end of a range that does not include it */
    public Instant end(ZoneId zone) {
        return date == null ? instant : of(date.plusDays(1)).start(zone);
    }

    /** @return the instant, or the last millisecond of the date, none later than the year 9999 */
    public Instant last(ZoneId zone) {
        if (date == null) {
            return instant;
        }
        var last = end(zone).minusMillis(1);
        return last.isAfter(LAST) ? LAST : last;
    }
}
