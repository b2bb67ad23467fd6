package ollamaweb.imports.sources;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Pattern;

/** Moments as the sources write them; what is none is null, and what is no year of ours is still told. */
public final class Times {

    private static final Pattern WRITTEN = Pattern.compile("([+-]?\\d{4,6})-(\\d{2})-(\\d{2})(?:[T ](\\d{2}):(\\d{2})(?::(\\d{2})"
            + "(?:[.,](\\d{1,20}))?)?)?\\s?(?:(?:UTC|GMT)?([+-]\\d{2}):?(\\d{2})|Z|UTC|GMT)?(?:[ \\[].{0,100})?");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,20}(?:\\.\\d{1,20})?");
    /** Far more than anybody means, and still far from where arithmetic ends. */
    private static final double FARTHEST_SECOND = 1e12;
    /** As seconds in the year 5138, as milliseconds in 1973. */
    private static final double MILLISECONDS_FROM = 1e11;

    private Times() {}

    /** @return a number as seconds of the epoch (as milliseconds, where it is too large for seconds), a text as {@link #of(String)} */
    public static Instant seconds(JsonNode value) {
        if (!value.isNumber()) {
            return of(value.isTextual() ? value.asText() : null);
        }
        double number = value.asDouble();
        return Math.abs(number) >= MILLISECONDS_FROM ? ofSeconds(number / 1000) : ofSeconds(number);
    }

    /** @return a number as milliseconds of the epoch, a text as {@link #of(String)} */
    public static Instant milliseconds(JsonNode value) {
        return value.isNumber() ? ofSeconds(value.asDouble() / 1000) : of(value.isTextual() ? value.asText() : null);
    }

    /** @return ISO-8601 and what is like it, such as Go writes, without a zone in UTC; or a number as {@link #seconds} */
    public static Instant of(String text) {
        if (text == null) {
            return null;
        }
        var stripped = text.strip();
        if (NUMBER.matcher(stripped).matches()) {
            double number = Double.parseDouble(stripped);
            return Math.abs(number) >= MILLISECONDS_FROM ? ofSeconds(number / 1000) : ofSeconds(number);
        }
        var parts = WRITTEN.matcher(stripped);
        if (!parts.matches()) {
            return null;
        }
        try {
            var local = LocalDateTime.of(number(parts.group(1)), number(parts.group(2)), number(parts.group(3)),
                    number(parts.group(4)), number(parts.group(5)), number(parts.group(6)), nanos(parts.group(7)));
            int hours = number(parts.group(8));
            boolean isWest = parts.group(8) != null && parts.group(8).startsWith("-");
            int minutes = isWest ? -number(parts.group(9)) : number(parts.group(9));
            return local.toInstant(ZoneOffset.ofHoursMinutes(hours, minutes));
        } catch (DateTimeException e) {
            return null; // such as the 31st of February
        }
    }

    private static Instant ofSeconds(double seconds) {
        if (Double.isNaN(seconds)) {
            return null;
        }
        double near = Math.max(-FARTHEST_SECOND, Math.min(FARTHEST_SECOND, seconds));
        double whole = Math.floor(near);
        // Doubles of this size tell microseconds.
        return Instant.ofEpochSecond((long) whole, Math.round((near - whole) * 1e6) * 1000);
    }

    private static int number(String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static int nanos(String fraction) {
        return fraction == null ? 0 : Integer.parseInt((fraction + "000000000").substring(0, 9));
    }
}
