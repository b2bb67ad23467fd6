package ollamaweb.tasks;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.TaskClient.data;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import ollamaweb.testing.Cases;
import ollamaweb.testing.TaskClient;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

class TaskFilterTest {

    @RegisterExtension
    final TestApp app = new TestApp();

    private TaskClient ada;

    @BeforeEach
    void ada_signs_in() {
        ada = new TaskClient(app.as("ada"));
    }

    @Test
    void what_is_due_first_comes_first_then_the_most_urgent_then_the_oldest() {
        ada.hasTask("{'title':'some day'}");
        ada.hasTask("{'title':'some day, urgent','priority':'urgent'}");
        ada.hasTask("{'title':'later','due_date':'2026-03-02T10:00:00Z','priority':'urgent'}");
        ada.hasTask("{'title':'low','due_date':'2026-03-01T10:00:00Z','priority':'low'}");
        ada.hasTask("{'title':'medium','due_date':'2026-03-01T10:00:00Z'}");
        ada.hasTask("{'title':'high','due_date':'2026-03-01T10:00:00Z','priority':'high'}");
        ada.hasTask("{'title':'high too','due_date':'2026-03-01T10:00:00Z','priority':'high'}");
        ada.hasTask("{'title':'urgent','due_date':'2026-03-01T10:00:00Z','priority':'urgent'}");

        assertThat(ada.titles("/api/v1/tasks")).containsExactly(
                "urgent", "high", "high too", "medium", "low", "later", "some day, urgent", "some day");
    }

    @Test
    void pages_hold_each_task_once() {
        for (int i = 1; i <= 5; i++) {
            ada.hasTask("{'title':'" + i + "'}");
        }

        var page = data(app.as("ada").get("/api/v1/tasks/?page=3&page_size=2"));

        assertThat(ada.titles("/api/v1/tasks/?page=1&page_size=2")).containsExactly("1", "2");
        assertThat(ada.titles("/api/v1/tasks/?page=2&page_size=2")).containsExactly("3", "4");
        assertThat(page.findValuesAsText("title")).containsExactly("5");
        assertThat(page.path("total").asInt()).isEqualTo(5);
        assertThat(page.path("page").asInt()).isEqualTo(3);
        assertThat(page.path("page_size").asInt()).isEqualTo(2);
        assertThat(page.path("total_pages").asInt()).isEqualTo(3);
        assertThat(ada.titles("/api/v1/tasks?page=4&page_size=2")).isEmpty();
    }

    @Test
    void a_list_holds_only_the_users_own() {
        new TaskClient(app.as("bob")).hasTask("{'title':'Save','tags':['money']}");
        ada.hasTask("{'title':'Run'}");

        assertThat(ada.titles("/api/v1/tasks")).containsExactly("Run");
        assertThat(ada.titles("/api/v1/tasks?tag=money")).isEmpty();
    }

    @Test
    void tasks_are_found_by_status_and_priority() {
        ada.hasTask("{'title':'Run','status':'in_progress','priority':'high'}");
        ada.hasTask("{'title':'Walk','status':'in_progress','priority':'low'}");
        ada.hasTask("{'title':'Rest','priority':'high'}");

        assertThat(ada.titles("/api/v1/tasks?status=in_progress")).containsExactly("Run", "Walk");
        assertThat(ada.titles("/api/v1/tasks?priority=high")).containsExactly("Run", "Rest");
        assertThat(ada.titles("/api/v1/tasks?status=in_progress&priority=high")).containsExactly("Run");
        assertThat(ada.titles("/api/v1/tasks?status=done")).isEmpty();
    }

    @Test
    void tasks_are_found_by_a_whole_tag() {
        ada.hasTask("{'title':'Run','tags':['sport','out']}");
        ada.hasTask("{'title':'Watch','tags':['sport on tv']}");
        ada.hasTask("{'title':'Quote','tags':['x\\\"sport','50%,\\u00e9']}");

        assertThat(ada.titles("/api/v1/tasks?tag=sport")).containsExactly("Run");
        assertThat(ada.titles("/api/v1/tasks?tag=50%25%2C%C3%A9")).containsExactly("Quote");
        assertThat(ada.titles("/api/v1/tasks?tag=x%22sport")).containsExactly("Quote");
        assertThat(data(app.as("ada").get("/api/v1/tasks?tag=sport")).path("total").asInt()).isEqualTo(1);
    }

    @Test
    void tasks_are_found_by_goal_and_parent() {
        long goal = ada.hasGoal("{'title':'Health'}");
        long parent = ada.hasTask("{'title':'Move','goal_id':" + goal + "}");
        ada.hasTask("{'title':'Run','parent_id':" + parent + "}");

        assertThat(ada.titles("/api/v1/tasks?goal_id=" + goal)).containsExactly("Move");
        assertThat(ada.titles("/api/v1/tasks?parent_id=" + parent)).containsExactly("Run");
        assertThat(ada.titles("/api/v1/tasks?goal_id=999")).isEmpty();
    }

    @Test
    void a_span_of_due_dates_begins_with_its_first_moment_and_ends_before_its_last() {
        ada.hasTask("{'title':'some day'}");
        ada.hasTask("{'title':'first','due_date':'2026-03-01T00:00:00Z'}");
        ada.hasTask("{'title':'within','due_date':'2026-03-04T12:00:00Z'}");
        ada.hasTask("{'title':'last','due_date':'2026-03-08T00:00:00Z'}");

        assertThat(ada.titles("/api/v1/tasks?due_after=2026-03-01T00:00:00Z&due_before=2026-03-08T00:00:00Z"))
                .containsExactly("first", "within");
        assertThat(ada.titles("/api/v1/tasks?due_after=2026-03-08T00:00:00Z")).containsExactly("last");
        assertThat(ada.titles("/api/v1/tasks?due_before=2026-03-01T01:00:00%2B01:00")).isEmpty();
    }

    @Test
    void a_day_in_a_span_begins_where_the_user_lives() {
        TaskClient.moveFirstAccount(app, "Pacific/Kiritimati");
        ada.hasTask("{'title':'saturday','due_date':'2026-02-28T09:59:59.999Z'}");
        ada.hasTask("{'title':'sunday','due_date':'2026-02-28T10:00:00Z'}");

        assertThat(ada.titles("/api/v1/tasks?due_before=2026-03-01")).containsExactly("saturday");
        assertThat(ada.titles("/api/v1/tasks?due_after=2026-03-01")).containsExactly("sunday");
    }

    @TestFactory
    Stream<DynamicTest> a_wrong_filter_is_named() {
        return Cases.each("""
            status     | finished
            priority   | 5
            tag        | 123456789 123456789 123456789 123456789 123456789 1
            goal_id    | one
            parent_id  |
            due_before | tomorrow
            due_after  | 2026-13-01
            page       | 0
            page       | one
            page_size  | 101""",
                (name, value) -> assertThat(app.as("ada").get("/api/v1/tasks?" + name + "=" + value)).isInvalid("query." + name));
    }
}
