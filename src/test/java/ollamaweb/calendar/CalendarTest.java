package ollamaweb.calendar;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.TaskClient.data;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.Component;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.component.CalendarComponent;
import ollamaweb.testing.Answer;
import ollamaweb.testing.Client;
import ollamaweb.testing.TaskClient;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The calendar that programs subscribe to. */
class CalendarTest {

    private static final String TOKEN = "/api/v1/calendar/token";
    private static final String CALENDAR = "/api/v1/calendar.ics?token=";

    @RegisterExtension
    static final TestApp app = new TestApp();

    private static int people;

    private Client ada;
    private TaskClient plans;
    private Client anybody;
    private String url;

    @BeforeEach
    void ada_lives_in_berlin_and_has_a_calendar() {
        ada = app.as("ada" + ++people);
        plans = new TaskClient(ada);
        anybody = app.anonymous();
        assertThat(ada.patch("/api/v1/users/me", "{\"timezone\":\"Europe/Berlin\"}")).isOk();
        url = data(ada.post(TOKEN, "")).path("url").asText();
    }

    @Test
    void a_task_that_is_due_at_some_time_is_an_event_that_all_programs_show() {
        long id = plans.hasTask("""
            {'title':'Call Bob, Eve; \\\\o/','description':'first\\nsecond','due_date':'2026-03-02T09:30:00+01:00','priority':'urgent',
             'tags':['phone','a,b'],'estimated_minutes':45}""");

        var event = only("VEVENT");

        assertThat(event.getRequiredProperty(Property.SUMMARY).getValue()).isEqualTo("Call Bob, Eve; \\o/");
        assertThat(event.getRequiredProperty(Property.DESCRIPTION).getValue()).isEqualTo("first\nsecond");
        assertThat(lines()).contains("DTSTART:20260302T083000Z", "DURATION:PT45M", "PRIORITY:1", "STATUS:CONFIRMED",
                "CATEGORIES:phone,a\\,b", "SUMMARY:Call Bob\\, Eve\\; \\\\o/", "DESCRIPTION:first\\nsecond");
        assertThat(event.getRequiredProperty(Property.UID).getValue()).startsWith("task-" + id + "-").endsWith("@ollama-web");
    }

    @Test
    void a_task_that_is_due_on_a_date_takes_the_whole_day_where_its_user_lives() {
        plans.hasTask("{'title':'Taxes','due_date':'2026-05-31'}");

        assertThat(lines()).contains("DTSTART;VALUE=DATE:20260531", "DTEND;VALUE=DATE:20260601");
        only("VEVENT");
    }

    @Test
    void a_goal_is_an_event_on_its_target_date_and_an_abandoned_one_is_none() {
        plans.hasGoal("{'title':'Marathon','target_date':'2026-10-11'}");
        plans.hasGoal("{'title':'Novel','target_date':'2026-10-12','status':'abandoned'}");
        plans.hasGoal("{'title':'Someday'}");

        assertThat(only("VEVENT").getRequiredProperty(Property.SUMMARY).getValue()).isEqualTo("Marathon");
        assertThat(lines()).contains("DTSTART;VALUE=DATE:20261011");
    }

    @Test
    void a_task_without_a_date_is_a_to_do_and_what_is_done_looks_done() {
        plans.hasTask("{'title':'Someday'}");
        plans.hasTask("{'title':'Yesterday','due_date':'%s','status':'done'}".formatted(app.clock().instant().minus(Duration.ofDays(1))));
        plans.hasTask("{'title':'Given up','due_date':'2026-03-02','status':'cancelled'}");

        assertThat(only("VTODO").getRequiredProperty(Property.SUMMARY).getValue()).isEqualTo("Someday");
        assertThat(lines()).contains("STATUS:NEEDS-ACTION", "SUMMARY:✓ Yesterday", "SUMMARY:Given up", "STATUS:CANCELLED");
    }

    @Test
    void what_recurs_carries_its_rule_and_the_clocks_of_its_time_zone() {
        plans.hasTask("{'title':'Run','due_date':'2026-03-02T07:00:00Z','recurrence':'FREQ=WEEKLY;BYDAY=MO;UNTIL=20261231'}");
        plans.hasTask("{'title':'Water','due_date':'2026-03-02','recurrence':'FREQ=DAILY;UNTIL=20260401T100000Z'}");

        assertThat(lines()).contains("DTSTART;TZID=Europe/Berlin:20260302T080000",
                "RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20261231T225959Z", "RRULE:FREQ=DAILY;UNTIL=20260401",
                "TZID:Europe/Berlin", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200");
        assertThat(lines()).contains("DTSTART:20250330T020000");
    }

    @Test
    void the_time_zones_of_the_world_can_be_read_whatever_their_clocks_do() {
        plans.hasTask("{'title':'Run','due_date':'2026-03-02T07:00:00Z','recurrence':'FREQ=WEEKLY'}");
        for (var zone : List.of("Asia/Tokyo", "America/New_York", "Africa/Casablanca", "Australia/Lord_Howe", "America/Nuuk",
                "Etc/GMT+5")) {
            ada.patch("/api/v1/users/me", "{\"timezone\":\"" + zone + "\"}");
            assertThat(components("VTIMEZONE")).as(zone).hasSize(1);
            assertThat(lines()).as(zone).contains("TZID:" + zone);
        }
        ada.patch("/api/v1/users/me", "{\"timezone\":\"UTC\"}");
        assertThat(components("VTIMEZONE")).isEmpty();
        assertThat(lines()).contains("DTSTART:20260302T070000Z");
    }

    @Test
    void no_line_is_longer_than_75_octets_and_all_end_as_they_have_to() {
        var title = "ü€😀".repeat(60);
        plans.hasTask("{'title':'%s','due_date':'2026-03-02'}".formatted(title));

        var body = calendar().body();

        assertThat(body.replace("\r\n", "")).doesNotContain("\r", "\n");
        assertThat(body.split("\r\n")).allSatisfy(line -> assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(75));
        assertThat(body).endsWith("END:VCALENDAR\r\n");
        assertThat(only("VEVENT").getRequiredProperty(Property.SUMMARY).getValue()).isEqualTo(title);
    }

    @Test
    void a_title_cannot_pass_for_a_line_of_its_own() {
        plans.hasTask("{'title':'a\\r\\nEND:VEVENT\\rATTACH:http://evil.example\\u000b','due_date':'2026-03-02'}");

        assertThat(only("VEVENT").getProperty("ATTACH")).isEmpty();
        assertThat(lines()).doesNotContain("ATTACH:http://evil.example").contains("SUMMARY:a\\nEND:VEVENT\\nATTACH:http://evil.example");
    }

    @Test
    void an_entry_keeps_its_id_and_a_change_makes_it_newer() {
        long id = plans.hasTask("{'title':'Run','due_date':'2026-03-02'}");
        var before = only("VEVENT");
        app.clock().advance(Duration.ofMinutes(5));
        plans.changesTask(id, "{'title':'Walk'}");
        var after = only("VEVENT");

        assertThat(value(after, Property.UID)).isEqualTo(value(before, Property.UID));
        assertThat(value(before, Property.SEQUENCE)).isEqualTo("0");
        assertThat(Integer.parseInt(value(after, Property.SEQUENCE))).isGreaterThanOrEqualTo(300);
        assertThat(value(after, Property.DTSTAMP)).isGreaterThan(value(before, Property.DTSTAMP));
        assertThat(value(after, Property.LAST_MODIFIED)).isEqualTo(value(after, Property.DTSTAMP));
    }

    @Test
    void a_program_that_has_it_already_is_told_so() {
        long id = plans.hasTask("{'title':'Run','due_date':'2026-03-02'}");
        var first = calendar();
        var tag = first.headers().get("ETag");

        assertThat(first).hasHeader("Content-Type", "text/calendar; charset=utf-8").hasHeader("Cache-Control", "private, no-cache");
        var again = anybody.send(anybody.request(url).header("If-None-Match", tag).get().build());
        assertThat(again).hasStatus(304);
        assertThat(again.body()).isEmpty();
        plans.changesTask(id, "{'title':'Walk'}");
        assertThat(anybody.send(anybody.request(url).header("If-None-Match", tag).get().build())).isOk();
    }

    @Test
    void a_new_token_ends_the_old_one_and_whoever_has_none_learns_nothing() {
        var token = data(ada.post(TOKEN, "")).path("token").asText();

        assertThat(anybody.get(url)).isError(404, "Calendar not found");
        assertThat(token).hasSize(43);
        assertThat(anybody.get(CALENDAR + token)).isOk();
        for (var wrong : List.of("", "x", token + "x", "x".repeat(5000))) {
            assertThat(anybody.get(CALENDAR + wrong)).isError(404, "Calendar not found");
        }
        assertThat(anybody.get("/api/v1/calendar.ics")).isError(404, "Calendar not found");
        assertThat(ada.get("/api/v1/calendar.ics")).isError(404, "Calendar not found");

        assertThat(ada.delete(TOKEN)).isOk();
        assertThat(anybody.get(CALENDAR + token)).isError(404, "Calendar not found");
        assertThat(ada.delete(TOKEN)).isError(404, "Calendar not found");
    }

    @Test
    void it_ends_with_the_account_and_shows_nobody_elses() {
        var bob = app.as("bob" + people);
        new TaskClient(bob).hasTask("{'title':'Secret','due_date':'2026-03-02'}");
        assertThat(calendar().body()).doesNotContain("Secret");

        assertThat(ada.delete("/api/v1/users/me")).isOk();

        assertThat(anybody.get(url)).isError(404, "Calendar not found");
    }

    @Test
    void the_extreme_dates_that_tasks_may_have_break_no_calendar() {
        for (var due : List.of("0001-01-01", "9999-12-31", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "9998-12-31", "1900-01-05")) {
            plans.hasTask("{'title':'At %s','due_date':'%s','recurrence':'FREQ=YEARLY'}".formatted(due, due));
        }

        assertThat(components("VEVENT")).extracting(event -> value(event, Property.SUMMARY)).containsExactly("At 1900-01-05");
    }

    private Answer calendar() {
        var answer = anybody.get(url);
        assertThat(answer).isOk();
        return answer;
    }

    /** @return the lines, unfolded */
    private List<String> lines() {
        return List.of(calendar().body().replace("\r\n ", "").split("\r\n"));
    }

    private CalendarComponent only(String kind) {
        var all = components(kind);
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private List<CalendarComponent> components(String kind) {
        return parsed().<CalendarComponent>getComponents(kind);
    }

    /** What another program reads. */
    private Calendar parsed() {
        try {
            return new CalendarBuilder().build(new StringReader(calendar().body()));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static String value(Component component, String property) {
        return component.getRequiredProperty(property).getValue();
    }
}
