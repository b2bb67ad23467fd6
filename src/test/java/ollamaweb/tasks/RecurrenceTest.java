package ollamaweb.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The dates of rules, most of them as RFC 5545 explains them; {@code none} after the last. */
class RecurrenceTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        FREQ=DAILY                                | 2026-01-30 | 2026-01-31 2026-02-01 2026-02-02
        FREQ=DAILY;INTERVAL=10                    | 2026-01-30 | 2026-02-09 2026-02-19
        FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29        | 2026-01-30 | 2028-02-29 2032-02-29
        FREQ=DAILY;BYDAY=SA,SU                    | 2026-01-30 | 2026-01-31 2026-02-01 2026-02-07
        FREQ=WEEKLY                               | 2026-12-30 | 2027-01-06 2027-01-13
        FREQ=WEEKLY;BYDAY=MO,WE,FR                | 2026-01-05 | 2026-01-07 2026-01-09 2026-01-12
        FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU        | 2026-01-06 | 2026-01-11 2026-01-20 2026-01-25
        FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU| 2026-01-06 | 2026-01-18 2026-01-20 2026-02-01
        FREQ=MONTHLY                              | 2026-01-15 | 2026-02-15 2026-03-15
        FREQ=MONTHLY                              | 2026-01-31 | 2026-03-31 2026-05-31 2026-07-31
        FREQ=MONTHLY;BYMONTHDAY=-1                | 2026-01-31 | 2026-02-28 2026-03-31 2026-04-30
        FREQ=MONTHLY;BYMONTHDAY=1,15              | 2026-01-15 | 2026-02-01 2026-02-15
        FREQ=MONTHLY;INTERVAL=18;BYMONTHDAY=10,11 | 2026-01-10 | 2026-01-11 2027-07-10
        FREQ=MONTHLY;BYDAY=1FR                    | 2026-01-02 | 2026-02-06 2026-03-06
        FREQ=MONTHLY;BYDAY=-2MO                   | 2026-01-19 | 2026-02-16 2026-03-23
        FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1 | 2026-01-30 | 2026-02-27 2026-03-31 2026-04-30
        FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13       | 2026-01-05 | 2026-02-13 2026-03-13 2026-11-13
        FREQ=YEARLY                               | 2026-04-01 | 2027-04-01 2028-04-01
        FREQ=YEARLY                               | 2024-02-29 | 2028-02-29 2032-02-29
        FREQ=YEARLY;BYMONTH=6,7                   | 2026-06-10 | 2026-07-10 2027-06-10
        FREQ=YEARLY;BYMONTH=11;BYDAY=4TH          | 2026-11-26 | 2027-11-25 2028-11-23
        FREQ=YEARLY;INTERVAL=2;BYMONTH=1;BYMONTHDAY=1 | 2026-01-01 | 2028-01-01 2030-01-01
        FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1       | 2026-02-28 | 2027-02-28 2028-02-29
        FREQ=DAILY;COUNT=3                        | 2026-01-30 | 2026-01-31 2026-02-01 none
        FREQ=DAILY;UNTIL=20260201                 | 2026-01-30 | 2026-01-31 2026-02-01 none
        FREQ=DAILY;UNTIL=20260201T225958Z         | 2026-01-30 | 2026-01-31 none
        RRULE:freq=daily                          | 2026-01-30 | 2026-01-31
        """)
    void its_dates_are_those_of_its_rule(String text, String due, String dates) {
        var rule = Recurrence.parse(Recurrence.normalized(text));
        var date = LocalDate.parse(due).atTime(23, 59, 59);

        var found = new ArrayList<String>();
        for (int i = dates.split(" ").length; i > 0; i--) {
            var next = rule.next(date, BERLIN);
            found.add(next.map(LocalDateTime::toLocalDate).map(LocalDate::toString).orElse("none"));
            date = next.orElse(date);
            rule = next.isPresent() ? Recurrence.parse(rule.rest().toString()) : rule;
        }

        assertThat(String.join(" ", found)).isEqualTo(dates);
    }
}
