package ollamaweb.tasks;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import ollamaweb.http.ApiException;
import ollamaweb.http.ApiException.FieldError;
import ollamaweb.json.Days;
import ollamaweb.json.Timestamps;

/** A date as clients give it: a moment, or a day, which begins and ends where its user lives. */
final class Due {

    private static final Instant LAST_MOMENT = Instant.parse("9999-12-31T23:59:59.999Z");

    private final Instant moment;
    private final LocalDate day;

    private Due(Instant moment, LocalDate day) {
        this.moment = moment;
        this.day = day;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Due ofField(String text) {
        return parse(text, List.of("body"));
    }

    static Due ofQuery(String name, String text) {
        return parse(text, List.of("query", name));
    }

    private static Due parse(String text, List<Object> loc) {
        try {
            return Days.parse(text)
                    .map(day -> new Due(null, day))
                    .orElseGet(() -> new Due(Timestamps.parse(text), null));
        } catch (DateTimeParseException e) {
            throw ApiException.invalid(List.of(new FieldError(loc, "invalid datetime format", "value_error.datetime")));
        }
    }

    /** @return the moment, or the first one of the day */
    Instant start(ZoneId zone) {
        return day == null ? moment : start(day, zone);
    }

    /** @return the moment, or the last one of the day that can be told from the next day's first */
    Instant end(ZoneId zone) {
        if (day == null) {
            return moment;
        }
        var end = start(day.plusDays(1), zone).minusMillis(1);
        return end.isAfter(LAST_MOMENT) ? LAST_MOMENT : end;
    }

    /** Midnight, or the first moment after it where a clock change skips it. */
    static Instant start(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant();
    }
}
