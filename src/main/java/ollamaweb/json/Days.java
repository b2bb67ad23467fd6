package ollamaweb.json;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** The one written form of a day: {@code 2026-03-01}, of the years 1 to 9999, so that text sorts as time. */
public final class Days {

    private static final int WIDTH = "2026-03-01".length();

    private Days() {}

    /** @return the day, or empty when the text is none */
    public static Optional<LocalDate> parse(String text) {
        if (text.length() != WIDTH) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(text)).filter(day -> day.getYear() > 0);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
