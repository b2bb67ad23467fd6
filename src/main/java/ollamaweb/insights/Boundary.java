package ollamaweb.insights;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import ollamaweb.json.Timestamps;

/** Where a range begins or ends: at a moment, or with a whole day, which lasts as long as it does where the user lives. */
record Boundary(LocalDate day, Instant moment) {

    private static final LocalDate FIRST_DAY = LocalDate.of(1900, 1, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(9998, 12, 31);

    /**
     * @param text a date or a timestamp
     * @throws IllegalArgumentException if it is neither
     */
    static Boundary parse(String text) {
        try {
            return text.length() > 10 ? new Boundary(null, Timestamps.parse(text)) : ofDay(LocalDate.parse(text));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("invalid date or datetime format");
        }
    }

    private static Boundary ofDay(LocalDate day) {
        if (day.isBefore(FIRST_DAY) || day.isAfter(LAST_DAY)) {
            throw new IllegalArgumentException("must lie in the years 1900 to 9998");
        }
        return new Boundary(day, null);
    }

    /** @return the first moment in the range that begins here */
    Instant start(ZoneId zone) {
        return day == null ? moment : day.atStartOfDay(zone).toInstant();
    }

    /** @return the first moment after the range that ends here */
    Instant end(ZoneId zone) {
        return day == null ? moment : day.plusDays(1).atStartOfDay(zone).toInstant();
    }
}
