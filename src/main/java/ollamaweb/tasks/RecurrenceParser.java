package ollamaweb.tasks;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Reads a rule part by part, and takes only what can be computed quickly: no part below days, no number without a bound. */
final class RecurrenceParser {

    private static final int MAX_LENGTH = 200;
    private static final int MAX_INTERVAL = 1000;
    private static final int MAX_COUNT = 10_000;
    private static final String PREFIX = "RRULE:";
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}");
    private static final Pattern DAY = Pattern.compile("([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)");

    private final Map<String, String> parts = new LinkedHashMap<>();
    private final StringBuilder days = new StringBuilder();
    private Integer count;
    private String until;

    /** @throws IllegalArgumentException telling what is wrong */
    RecurrenceParser(String text) {
        require(text.length() <= MAX_LENGTH, "can have at most " + MAX_LENGTH + " characters");
        var rule = text.strip().toUpperCase(Locale.ROOT);
        for (var part : (rule.startsWith(PREFIX) ? rule.substring(PREFIX.length()) : rule).split(";", -1)) {
            int equals = part.indexOf('=');
            require(equals > 0, "must be a rule such as FREQ=WEEKLY;BYDAY=MO,TH");
            require(parts.put(part.substring(0, equals), part.substring(equals + 1)) == null,
                    part.substring(0, equals) + " is there twice");
        }
        require(parts.containsKey("FREQ"), "must have FREQ");
        check("FREQ", parts.remove("FREQ"), value -> value.matches("DAILY|WEEKLY|MONTHLY|YEARLY"), "DAILY, WEEKLY, MONTHLY or YEARLY");
    }

    Recurrence rule() {
        var frequency = days.substring("FREQ=".length());
        boolean hasOrdinals = frequency.equals("MONTHLY") || frequency.equals("YEARLY");
        parts.forEach((name, value) -> {
            switch (name) {
                case "INTERVAL" -> check(name, value, isWithin(1, MAX_INTERVAL), "1 to " + MAX_INTERVAL);
                case "BYMONTH" -> checkAll(name, value, isWithin(1, 12), "months from 1 to 12");
                case "BYMONTHDAY" -> checkAll(name, value, RecurrenceParser::isMonthDay, "days from 1 to 31, or from -1 to -31");
                case "BYDAY" -> checkAll(name, value, day -> isDay(day, hasOrdinals), hasOrdinals
                        ? "days such as MO, 2TU or -1FR"
                        : "days such as MO");
                case "BYSETPOS" -> checkAll(name, value, RecurrenceParser::isMonthDay, "places from 1 to 31, or from -1 to -31");
                case "WKST" -> check(name, value, day -> isDay(day, false), "a day such as MO");
                case "COUNT" -> {
                    require(isWithin(1, MAX_COUNT).test(value), "COUNT must be 1 to " + MAX_COUNT);
                    count = Integer.valueOf(value);
                }
                case "UNTIL" -> until = value;
                default -> throw new IllegalArgumentException("must not have " + name.substring(0, Math.min(20, name.length())));
            }
        });
        require(count == null || until == null, "must not have both COUNT and UNTIL");
        require(!parts.containsKey("BYSETPOS") || parts.containsKey("BYDAY") || parts.containsKey("BYMONTHDAY"),
                "BYSETPOS must come with BYDAY or BYMONTHDAY");
        require(!frequency.equals("WEEKLY") || !parts.containsKey("BYMONTHDAY"), "BYMONTHDAY must not come with WEEKLY");
        require(!frequency.equals("YEARLY") || !parts.containsKey("BYMONTHDAY") || parts.containsKey("BYMONTH"),
                "BYMONTHDAY must come with BYMONTH where FREQ is YEARLY");
        return new Recurrence(days.toString(), count, until == null ? null : Recurrence.end(until));
    }

    private void checkAll(String name, String values, Predicate<String> holds, String what) {
        check(name, values, all -> {
            for (var value : all.split(",", -1)) {
                if (!holds.test(value)) {
                    return false;
                }
            }
            return true;
        }, what);
    }

    private void check(String name, String value, Predicate<String> holds, String what) {
        require(holds.test(value), name + " must be " + what);
        days.append(days.isEmpty() ? "" : ";").append(name).append('=').append(value);
    }

    private static Predicate<String> isWithin(int min, int max) {
        return value -> NUMBER.matcher(value).matches() && Integer.parseInt(value) >= min && Integer.parseInt(value) <= max;
    }

    private static boolean isMonthDay(String value) {
        return isWithin(1, 31).test(value.startsWith("-") ? value.substring(1) : value);
    }

    private static boolean isDay(String value, boolean hasOrdinals) {
        var day = DAY.matcher(value);
        return day.matches() && (hasOrdinals || day.group(1) == null);
    }

    private static void require(boolean holds, String msg) {
        if (!holds) {
            throw new IllegalArgumentException(msg);
        }
    }
}
