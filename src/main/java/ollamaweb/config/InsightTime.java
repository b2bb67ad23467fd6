package ollamaweb.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * When an account gets an insight by itself, as its settings say it: {@code "07:00"} each day, {@code "MON 07:00"} each week.
 * A time that the clocks skip on some day is the one that they show instead; one that comes twice is the first.
 *
 * @param day null: each day
 */
public record InsightTime(DayOfWeek day, LocalTime time) {

    private static final Pattern DAILY = Pattern.compile("()([01][0-9]|2[0-3]):([0-5][0-9])");
    private static final Pattern WEEKLY = Pattern.compile("(MON|TUE|WED|THU|FRI|SAT|SUN) ([01][0-9]|2[0-3]):([0-5][0-9])");

    /** @return empty if the setting's value is no such time */
    public static Optional<InsightTime> daily(JsonNode value) {
        return parse(DAILY, value);
    }

    /** @return empty if the setting's value is no such time */
    public static Optional<InsightTime> weekly(JsonNode value) {
        return parse(WEEKLY, value);
    }

    /** @return the first of its moments after {@code now} */
    public Instant next(Instant now, ZoneId zone) {
        var date = lastDate(now, zone);
        var next = at(date, zone);
        while (!next.isAfter(now)) {
            date = date.plusDays(days());
            next = at(date, zone);
        }
        return next;
    }

    /** @return the last of its moments up to {@code now} */
    public Instant last(Instant now, ZoneId zone) {
        var date = lastDate(now, zone);
        return at(date, zone).isAfter(now) ? at(date.minusDays(days()), zone) : at(date, zone);
    }

    /** @return the moment before one of its moments */
    public Instant before(Instant moment, ZoneId zone) {
        return at(LocalDate.ofInstant(moment, zone).minusDays(days()), zone);
    }

    private LocalDate lastDate(Instant now, ZoneId zone) {
        var today = LocalDate.ofInstant(now, zone);
        return day == null ? today : today.with(TemporalAdjusters.previousOrSame(day));
    }

    private Instant at(LocalDate date, ZoneId zone) {
        return date.atTime(time).atZone(zone).toInstant();
    }

    private int days() {
        return day == null ? 1 : 7;
    }

    private static Optional<InsightTime> parse(Pattern pattern, JsonNode value) {
        var matcher = pattern.matcher(value.isTextual() ? value.textValue() : "");
        return matcher.matches() ? Optional.of(of(matcher.toMatchResult())) : Optional.empty();
    }

    private static InsightTime of(MatchResult found) {
        var day = switch (found.group(1)) {
            case "MON" -> DayOfWeek.MONDAY;
            case "TUE" -> DayOfWeek.TUESDAY;
            case "WED" -> DayOfWeek.WEDNESDAY;
            case "THU" -> DayOfWeek.THURSDAY;
            case "FRI" -> DayOfWeek.FRIDAY;
            case "SAT" -> DayOfWeek.SATURDAY;
            case "SUN" -> DayOfWeek.SUNDAY;
            default -> null;
        };
        return new InsightTime(day, LocalTime.of(Integer.parseInt(found.group(2)), Integer.parseInt(found.group(3))));
    }
}
