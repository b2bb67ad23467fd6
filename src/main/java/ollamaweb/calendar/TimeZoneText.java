package ollamaweb.calendar;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The VTIMEZONE of a time zone, by the same rules with which this server computes: each change of the clocks by its date, for
 * as many years as calendars look ahead. Programs that know the zone by its name take their own.
 */
final class TimeZoneText {

    private static final int YEARS = 30;
    private static final int MOST_CHANGES = 200;
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss");
    private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern("xx");

    /** Changes that do the same to the clocks. */
    private record Kind(ZoneOffset from, ZoneOffset to, boolean summer) {}

    private final ZoneId zone;
    private final Instant first;

    /** @param first the earliest moment that is told in the zone */
    TimeZoneText(ZoneId zone, Instant first) {
        this.zone = zone;
        this.first = first;
    }

    void addTo(ContentLines lines) {
        lines.line("BEGIN", "VTIMEZONE").line("TZID", zone.getId());
        changes().forEach((kind, dates) -> {
            var name = kind.summer ? "DAYLIGHT" : "STANDARD";
            lines.line("BEGIN", name)
                    .line("DTSTART", LOCAL.format(dates.get(0)))
                    .line("TZOFFSETFROM", OFFSET.format(kind.from))
                    .line("TZOFFSETTO", OFFSET.format(kind.to));
            if (dates.size() > 1) {
                lines.line("RDATE", dates.stream().skip(1).map(LOCAL::format).collect(Collectors.joining(",")));
            }
            lines.line("END", name);
        });
        lines.line("END", "VTIMEZONE");
    }

    private Map<Kind, List<LocalDateTime>> changes() {
        var rules = zone.getRules();
        var changes = new LinkedHashMap<Kind, List<LocalDateTime>>();
        var offset = rules.getOffset(first);
        var start = LocalDateTime.ofInstant(first, zone).minusYears(1).truncatedTo(ChronoUnit.DAYS);
        var end = first.atZone(zone).plusYears(YEARS).toInstant();
        var change = rules.nextTransition(start.atZone(zone).toInstant());
        if (change == null || change.getInstant().isAfter(end)) {
            changes.put(new Kind(offset, offset, rules.isDaylightSavings(first)), List.of(start));
            return changes;
        }
        for (int i = 0; i < MOST_CHANGES && change != null && !change.getInstant().isAfter(end); i++) {
            changes.computeIfAbsent(kind(change), unknown -> new ArrayList<>()).add(change.getDateTimeBefore());
            change = rules.nextTransition(change.getInstant());
        }
        return changes;
    }

    private Kind kind(ZoneOffsetTransition change) {
        return new Kind(change.getOffsetBefore(), change.getOffsetAfter(), zone.getRules().isDaylightSavings(change.getInstant()));
    }
}
