package ollamaweb.tasks;

import static ollamaweb.testing.TaskClient.data;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import ollamaweb.testing.TaskClient;
import ollamaweb.testing.TestApp;
import ollamaweb.testing.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskTodayTest {

    private static final String TODAY = "/api/v1/tasks/today";

    @RegisterExtension
    final TestApp app = new TestApp();

    private TaskClient ada;

    @BeforeEach
    void ada_signs_in() {
        ada = new TaskClient(app.as("ada"));
    }

    @Test
    void today_shows_what_is_left_of_today_and_of_the_days_before() {
        ada.hasTask("{'title':'overdue','due_date':'2025-12-24'}");
        ada.hasTask("{'title':'this morning','due_date':'2026-01-05T08:00:00Z','status':'in_progress'}");
        ada.hasTask("{'title':'this evening','due_date':'2026-01-05T20:00:00Z'}");
        ada.hasTask("{'title':'today','due_date':'2026-01-05','priority':'urgent'}");
        ada.hasTask("{'title':'done','due_date':'2026-01-05','status':'done'}");
        ada.hasTask("{'title':'cancelled','due_date':'2026-01-05','status':'cancelled'}");
        ada.hasTask("{'title':'tomorrow','due_date':'2026-01-06T00:00:00Z'}");
        ada.hasTask("{'title':'some day'}");
        new TaskClient(app.as("bob")).hasTask("{'title':'bobs','due_date':'2026-01-05'}");

        assertThat(ada.titles(TODAY)).containsExactly("overdue", "this morning", "this evening", "today");
    }

    @Test
    void today_has_pages() {
        ada.hasTask("{'title':'1','due_date':'2026-01-03'}");
        ada.hasTask("{'title':'2','due_date':'2026-01-04'}");
        ada.hasTask("{'title':'3','due_date':'2026-01-05'}");

        var page = data(app.as("ada").get(TODAY + "/?page=2&page_size=2"));

        assertThat(page.path("items").findValuesAsText("title")).containsExactly("3");
        assertThat(page.path("total").asInt()).isEqualTo(3);
        assertThat(page.path("total_pages").asInt()).isEqualTo(2);
    }

    /** It is 10:00 UTC on Monday, 5 January 2026. */
    @ParameterizedTest
    @CsvSource({
            "UTC,                2026-01-06T00:00:00Z",
            "Pacific/Kiritimati, 2026-01-06T10:00:00Z",
            "America/St_Johns,   2026-01-06T03:30:00Z",
            "Pacific/Pago_Pago,  2026-01-05T11:00:00Z",
            "Asia/Kathmandu,     2026-01-05T18:15:00Z",
    })
    void the_day_ends_at_midnight_where_the_user_lives(String zone, Instant midnight) {
        TaskClient.moveFirstAccount(app, zone);
        ada.hasTask("{'title':'today','due_date':'" + midnight.minusMillis(1) + "'}");
        ada.hasTask("{'title':'tomorrow','due_date':'" + midnight + "'}");

        assertThat(ada.titles(TODAY)).containsExactly("today");
    }

    @ParameterizedTest
    @CsvSource({
            "America/St_Johns, 2026-03-08T12:00:00Z, 2026-03-09T02:30:00Z",
            "America/St_Johns, 2026-11-01T12:00:00Z, 2026-11-02T03:30:00Z",
            "Africa/Cairo,     2026-04-23T12:00:00Z, 2026-04-23T22:00:00Z",
    })
    void the_day_ends_where_the_next_begins_also_when_clocks_change(String zone, Instant noon, Instant midnight) {
        app.clock().advance(Duration.between(TestClock.START, noon));
        TaskClient.moveFirstAccount(app, zone);
        ada.hasTask("{'title':'today','due_date':'" + midnight.minusMillis(1) + "'}");
        ada.hasTask("{'title':'tomorrow','due_date':'" + midnight + "'}");

        assertThat(ada.titles(TODAY)).containsExactly("today");
    }

    @Test
    void a_task_for_a_day_is_due_on_that_day_wherever_the_user_lives() {
        TaskClient.moveFirstAccount(app, "Pacific/Kiritimati");
        ada.hasTask("{'title':'tomorrow there','due_date':'2026-01-07'}");
        ada.hasTask("{'title':'today there','due_date':'2026-01-06'}");

        assertThat(ada.titles(TODAY)).containsExactly("today there");

        app.clock().advance(Duration.ofDays(1));
        assertThat(ada.titles(TODAY)).containsExactly("today there", "tomorrow there");
    }
}
