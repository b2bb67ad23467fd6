package ollamaweb.calendar;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import ollamaweb.calendar.CalendarEntry.Goal;
import ollamaweb.calendar.CalendarEntry.Task;
import ollamaweb.json.DateOrInstant;
import ollamaweb.json.Excerpt;
import ollamaweb.json.Json;
import ollamaweb.tasks.Recurrence;

/**
 * A calendar as RFC 5545 writes it. What has a date is an event, since Google's and Apple's calendars show no to-dos of
 * calendars that they subscribe to, and a program that shows both would show it twice; a task without a date is a to-do,
 * for those that show them. The same things make the same text, whenever it is made.
 */
final class CalendarText {

    private static final int MOST_DESCRIPTION = 500;
    private static final int DEFAULT_MINUTES = 30;
    private static final String DONE = "✓ ";
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd");
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss");
    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final ContentLines lines = new ContentLines();
    private final ZoneId zone;

    /** @param zone where the user lives: there a date is a day */
    CalendarText(ZoneId zone) {
        this.zone = zone;
    }

    byte[] of(List<Task> tasks, List<Goal> goals) {
        lines.line("BEGIN", "VCALENDAR")
                .line("VERSION", "2.0")
                .line("PRODID", "-//ollama-web//Tasks and goals//EN")
                .line("CALSCALE", "GREGORIAN")
                .line("X-WR-CALNAME", "Tasks and goals")
                .line("REFRESH-INTERVAL;VALUE=DURATION", "PT1H")
                .line("X-PUBLISHED-TTL", "PT1H");
        tasks.stream().filter(this::recursInZone).map(Task::dueDate).min(Instant::compareTo)
                .ifPresent(first -> new TimeZoneText(zone, first).addTo(lines));
        tasks.forEach(this::add);
        goals.forEach(this::add);
        return lines.line("END", "VCALENDAR").bytes();
    }

    private void add(Task task) {
        var kind = task.dueDate() == null ? "VTODO" : "VEVENT";
        lines.line("BEGIN", kind);
        identify("task", task.id(), task.createdAt(), task.updatedAt());
        describe(task.status().equals("done"), task.title(), task.description());
        if (task.dueDate() == null) {
            lines.line("STATUS", task.status().equals("open") ? "NEEDS-ACTION" : "IN-PROCESS");
        } else {
            when(task);
            lines.line("STATUS", task.status().equals("cancelled") ? "CANCELLED" : "CONFIRMED").line("TRANSP", "TRANSPARENT");
        }
        lines.line("PRIORITY", priority(task.priority())).texts("CATEGORIES", List.of(Json.read(task.tags(), String[].class)));
        lines.line("END", kind);
    }

    private void add(Goal goal) {
        lines.line("BEGIN", "VEVENT");
        identify("goal", goal.id(), goal.createdAt(), goal.updatedAt());
        describe(goal.status().equals("achieved"), goal.title(), goal.description());
        wholeDay(LocalDate.parse(goal.targetDate()));
        lines.line("STATUS", "CONFIRMED").line("TRANSP", "TRANSPARENT").line("END", "VEVENT");
    }

    /** A calendar without a METHOD has in DTSTAMP when the entry was last changed. SEQUENCE grows with each change. */
    private void identify(String kind, long id, Instant createdAt, Instant updatedAt) {
        lines.line("UID", kind + "-" + id + "-" + createdAt.toEpochMilli() + "@ollama-web")
                .line("DTSTAMP", UTC.format(updatedAt))
                .line("CREATED", UTC.format(createdAt))
                .line("LAST-MODIFIED", UTC.format(updatedAt))
                .line("SEQUENCE", Long.toString(Math.max(0, Duration.between(createdAt, updatedAt).toSeconds())));
    }

    private void describe(boolean done, String title, String description) {
        lines.text("SUMMARY", done ? DONE + title : title)
                .text("DESCRIPTION", description == null ? null : Excerpt.cut(description, MOST_DESCRIPTION));
    }

    private void when(Task task) {
        if (isWholeDay(task)) {
            wholeDay(local(task).toLocalDate());
        } else {
            if (recursInZone(task)) {
                lines.line("DTSTART;TZID=" + zone.getId(), LOCAL.format(local(task)));
            } else {
                lines.line("DTSTART", UTC.format(task.dueDate()));
            }
            int minutes = task.estimatedMinutes() == null ? DEFAULT_MINUTES : task.estimatedMinutes();
            lines.line("DURATION", "PT" + minutes + "M");
        }
        if (recurs(task)) {
            lines.line("RRULE", Recurrence.parse(task.recurrence()).forCalendar(zone, isWholeDay(task)));
        }
    }

    private void wholeDay(LocalDate day) {
        lines.line("DTSTART;VALUE=DATE", DATE.format(day)).line("DTEND;VALUE=DATE", DATE.format(day.plusDays(1)));
    }

    /** A task that is due on a date is due by the last moment of it. */
    private boolean isWholeDay(Task task) {
        return task.dueDate().equals(DateOrInstant.of(local(task).toLocalDate()).last(zone));
    }

    private static boolean recurs(Task task) {
        return task.recurrence() != null && task.dueDate() != null && task.isLeft();
    }

    /** Where the time of day is the same in summer and winter, and so not in UTC. */
    private boolean recursInZone(Task task) {
        return recurs(task) && !isWholeDay(task) && !zone.normalized().equals(ZoneOffset.UTC);
    }

    private LocalDateTime local(Task task) {
        return LocalDateTime.ofInstant(task.dueDate(), zone);
    }

    private static String priority(String priority) {
        return switch (priority) {
            case "urgent" -> "1";
            case "high" -> "3";
            case "medium" -> "5";
            default -> "9";
        };
    }
}
