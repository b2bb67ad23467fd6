package ollamaweb.tasks;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Optional;
import java.util.regex.Pattern;
import net.fortuna.ical4j.model.Recur;
import ollamaweb.json.DateOrInstant;

/**
 * A rule of RFC 5545, section 3.3.10, by which a task comes again: those that name days, of each day one. Which days they are
 * ical4j knows; how many there are, and until when, is counted here, from one task to the next.
 *
 * @param days  the rule without {@code COUNT} and {@code UNTIL}
 * @param count how many tasks there are with this one; null: no end
 * @param until the last date or moment, or null
 */
public record Recurrence(String days, Integer count, DateOrInstant until) {

    private static final int MAX_YEAR = 9999;
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd").withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC)
            .withResolverStyle(ResolverStyle.STRICT);
    private static final Pattern INTERVAL = Pattern.compile(";INTERVAL=[0-9]+");
    /** In a leap year: a rule without an interval that gives no date from here on gives none at all. */
    private static final LocalDateTime SOME_DAY = LocalDateTime.of(2024, 1, 1, 12, 0);

    /**
     * @param text with or without {@code RRULE:}
     * @throws IllegalArgumentException telling what is wrong with it
     */
    public static Recurrence parse(String text) {
        return new RecurrenceParser(text).rule();
    }

    /** @return the rule as it is kept, of which it is sure that it gives dates */
    static String normalized(String text) {
        var rule = parse(text);
        if (day(INTERVAL.matcher(rule.days).replaceAll(""), SOME_DAY).isEmpty()) {
            throw new IllegalArgumentException("has no date");
        }
        return rule.toString();
    }

    /** @return a due date as the rule counts it; null where there is none */
    static String local(Instant due, ZoneId zone) {
        return due == null ? null : LocalDateTime.ofInstant(due, zone).toString();
    }

    /** @return the date after this one; empty when it was the last */
    Optional<LocalDateTime> next(LocalDateTime last, ZoneId zone) {
        return count != null && count <= 1 ? Optional.empty() : day(days, last).filter(date -> isWithin(date, zone));
    }

    /** @return the rule for the task after this one */
    Recurrence rest() {
        return count == null ? this : new Recurrence(days, count - 1, until);
    }

    /**
     * @param zone where its user lives
     * @param allDay whether the dates that it gives are whole days
     * @return the rule as a calendar has it: its end is of the same kind as its dates
     */
    public String forCalendar(ZoneId zone, boolean allDay) {
        if (until == null) {
            return toString();
        }
        var end = allDay
                ? DATE.format(until.date() != null ? until.date() : LocalDate.ofInstant(until.instant(), zone))
                : UTC.format(until.last(zone));
        return days + ";UNTIL=" + end;
    }

    @Override
    public String toString() {
        if (count != null) {
            return days + ";COUNT=" + count;
        }
        if (until != null) {
            return days + ";UNTIL=" + (until.date() != null ? DATE.format(until.date()) : UTC.format(until.instant()));
        }
        return days;
    }

    static DateOrInstant end(String text) {
        try {
            return text.length() == 8
                    ? DateOrInstant.of(LocalDate.parse(text, DATE))
                    : new DateOrInstant(null, UTC.parse(text, Instant::from));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("UNTIL must be a date such as 20261231 or a moment such as 20261231T170000Z", e);
        }
    }

    private static Optional<LocalDateTime> day(String days, LocalDateTime last) {
        var rule = days.contains(";WKST=") ? days : days + ";WKST=MO";
        var next = new Recur<LocalDateTime>(rule).getNextDate(last, last);
        return Optional.ofNullable(next).filter(date -> date.getYear() <= MAX_YEAR);
    }

    private boolean isWithin(LocalDateTime date, ZoneId zone) {
        if (until == null) {
            return true;
        }
        return until.date() != null ? !date.toLocalDate().isAfter(until.date()) : !date.atZone(zone).toInstant().isAfter(until.instant());
    }
}
