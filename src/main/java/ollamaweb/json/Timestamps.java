package ollamaweb.json;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

/** The one written form of a moment: ISO-8601 UTC with milliseconds, of fixed width so that text sorts as time. */
public final class Timestamps {

    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    private Timestamps() {}

    /** @return for example {@code 2025-11-04T10:00:00.000Z} */
    public static String format(Instant moment) {
        return MILLISECONDS.format(moment);
    }

    /**
     * Reads ISO-8601 with or without a zone (then UTC), with {@code T} or a blank between date and time.
     *
     * @return the moment, cut to milliseconds
     * @throws DateTimeParseException if it is no timestamp of the years 1 to 9999
     */
    public static Instant parse(String text) {
        var iso = text.length() > 10 && text.charAt(10) == ' ' ? text.substring(0, 10) + 'T' + text.substring(11) : text;
        var moment = parseIso(iso).truncatedTo(ChronoUnit.MILLIS);
        if (moment.isBefore(EARLIEST) || moment.isAfter(LATEST)) {
            throw new DateTimeParseException("year out of range", text, 0);
        }
        return moment;
    }

    private static Instant parseIso(String iso) {
        try {
            return OffsetDateTime.parse(iso).toInstant();
        } catch (DateTimeParseException noZone) {
            return LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
        }
    }
}
