package ollamaweb.tasks;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.TaskClient.data;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import ollamaweb.testing.Concurrently;
import ollamaweb.testing.Answer;
import ollamaweb.testing.Cases;
import ollamaweb.testing.Client;
import ollamaweb.testing.TaskClient;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What comes again when it is done. */
class RecurringTaskTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @RegisterExtension
    static final TestApp app = new TestApp();

    private static int people;

    private Client client;
    private TaskClient ada;

    @BeforeEach
    void ada_lives_in_berlin() {
        client = app.as("ada" + ++people);
        ada = new TaskClient(client);
        livesIn("Europe/Berlin");
    }

    @Test
    void a_task_that_is_completed_comes_again_with_all_that_it_is_about() {
        long goal = ada.hasGoal("{'title':'Health'}");
        long parent = ada.hasTask("{'title':'Move more'}");
        long id = ada.hasTask("""
            {'title':'Run','description':'5 km','priority':'high','due_date':'2026-03-02T07:00:00Z','goal_id':%d,'parent_id':%d,
             'tags':['sport'],'estimated_minutes':30,'recurrence':'FREQ=WEEKLY;BYDAY=MO,TH'}""".formatted(goal, parent));

        var done = data(complete(id));

        assertThat(done.path("status").asText()).isEqualTo("done");
        var next = next(id);
        assertThat(next.path("due_date").asText()).isEqualTo("2026-03-05T07:00:00.000Z");
        assertThat(next.path("status").asText()).isEqualTo("open");
        assertThat(next.path("completed_at").isNull()).isTrue();
        for (var same : List.of("title", "description", "priority", "goal_id", "parent_id", "tags", "estimated_minutes", "recurrence")) {
            assertThat(next.path(same)).as(same).isEqualTo(done.path(same));
        }
    }

    @Test
    void a_rule_with_an_end_counts_down_to_it() {
        long id = ada.hasTask("{'title':'Thrice','due_date':'2026-01-30','recurrence':'rrule:freq=daily;count=3'}");
        complete(id);
        var second = next(id);
        assertThat(second.path("recurrence").asText()).isEqualTo("FREQ=DAILY;COUNT=2");
        complete(second.path("id").asLong());
        var third = next(second.path("id").asLong());
        assertThat(day(third)).isEqualTo("2026-02-01");

        complete(third.path("id").asLong());

        assertThat(findNext(third.path("id").asLong())).isNull();
    }

    @Test
    void the_time_of_day_stays_in_summer_and_winter_and_where_a_day_does_not_have_it() {
        long id = ada.hasTask("{'title':'Bake','due_date':'2026-03-28T01:30:00Z','recurrence':'FREQ=DAILY'}"); // 02:30
        var times = new ArrayList<String>();
        for (int i = 0; i < 2; i++) {
            complete(id);
            times.add(next(id).path("due_date").asText());
            id = next(id).path("id").asLong();
        }
        assertThat(times).containsExactly("2026-03-29T01:30:00.000Z", "2026-03-30T00:30:00.000Z"); // 03:30, then 02:30 again

        long autumn = ada.hasTask("{'title':'Bake','due_date':'2026-10-24T07:00:00Z','recurrence':'FREQ=DAILY'}");
        complete(autumn);
        assertThat(next(autumn).path("due_date").asText()).isEqualTo("2026-10-25T08:00:00.000Z");
    }

    @Test
    void it_comes_again_once_whatever_is_said_of_the_one_that_is_done() {
        long id = ada.hasTask("{'title':'Run','due_date':'2026-03-02','recurrence':'FREQ=DAILY'}");

        var answers = IntStream.range(0, 4).mapToObj(i -> Concurrently.supply(() -> complete(id).status())).toList();
        assertThat(answers).extracting(CompletableFuture::join).containsExactlyInAnyOrder(200, 409, 409, 409);
        ada.changesTask(id, "{'status':'done'}");
        ada.changesTask(id, "{'status':'open'}");
        complete(id);

        assertThat(ada.titles("/api/v1/tasks")).containsExactly("Run", "Run");
    }

    @Test
    void it_comes_again_too_when_a_change_says_that_it_is_done_and_not_when_it_is_given_up() {
        long done = ada.hasTask("{'title':'Run','due_date':'2026-03-02','recurrence':'FREQ=DAILY'}");
        long cancelled = ada.hasTask("{'title':'Swim','due_date':'2026-03-02','recurrence':'FREQ=DAILY'}");

        ada.changesTask(done, "{'status':'done'}");
        ada.changesTask(cancelled, "{'status':'cancelled'}");

        assertThat(day(next(done))).isEqualTo("2026-03-03");
        assertThat(findNext(cancelled)).isNull();
    }

    @Test
    void another_due_date_is_where_it_goes_on_from_and_without_a_rule_it_ends() {
        long id = ada.hasTask("{'title':'Run','due_date':'2026-03-02','recurrence':'FREQ=WEEKLY'}");
        ada.changesTask(id, "{'due_date':'2026-03-04T10:00:00Z'}");
        complete(id);
        var next = next(id);
        assertThat(next.path("due_date").asText()).isEqualTo("2026-03-11T10:00:00.000Z");

        ada.changesTask(next.path("id").asLong(), "{'recurrence':null}");
        complete(next.path("id").asLong());

        assertThat(findNext(next.path("id").asLong())).isNull();
    }

    @Test
    void without_a_due_date_it_comes_again_counted_from_the_day_on_which_it_was_done() {
        long id = ada.hasTask("{'title':'Run','recurrence':'FREQ=DAILY;INTERVAL=2'}");
        app.clock().advance(Duration.ofSeconds(1));
        var today = LocalDate.ofInstant(app.clock().instant(), BERLIN);

        complete(id);

        assertThat(day(next(id))).isEqualTo(today.plusDays(2).toString());
    }

    @TestFactory
    Stream<DynamicTest> a_rule_that_is_none_or_costs_too_much_is_refused_by_its_name() {
        return Cases.each("""
            FREQ=SECONDLY                               | body.recurrence
            FREQ=HOURLY                                 | body.recurrence
            FREQ=                                       | body.recurrence
            INTERVAL=2                                  | body.recurrence
            tomorrow                                    | body.recurrence
            FREQ=DAILY;FREQ=DAILY                       | body.recurrence
            FREQ=DAILY;INTERVAL=0                       | body.recurrence
            FREQ=DAILY;INTERVAL=99999999999             | body.recurrence
            FREQ=DAILY;INTERVAL=-1                      | body.recurrence
            FREQ=DAILY;COUNT=1000000000                 | body.recurrence
            FREQ=DAILY;COUNT=2;UNTIL=20270101           | body.recurrence
            FREQ=DAILY;UNTIL=20270230                   | body.recurrence
            FREQ=DAILY;UNTIL=soon                       | body.recurrence
            FREQ=DAILY;BYHOUR=1,2,3                     | body.recurrence
            FREQ=DAILY;X-EVIL=1                         | body.recurrence
            FREQ=WEEKLY;BYDAY=1MO                       | body.recurrence
            FREQ=WEEKLY;BYDAY=XX                        | body.recurrence
            FREQ=WEEKLY;BYMONTHDAY=3                    | body.recurrence
            FREQ=MONTHLY;BYMONTHDAY=32                  | body.recurrence
            FREQ=MONTHLY;BYSETPOS=1                     | body.recurrence
            FREQ=YEARLY;BYMONTHDAY=1                    | body.recurrence
            FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30         | body.recurrence
            FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30          | body.recurrence
            FREQ=MONTHLY;BYMONTH=4,6;BYMONTHDAY=31      | body.recurrence
            """, (rule, field) -> {
            var task = "{'title':'Again','due_date':'2026-03-02','recurrence':'" + rule + "'}";
            assertThat(ada.createsTask(task)).isInvalid(field);
        });
    }

    @Test
    void the_rule_of_a_change_is_checked_too() {
        long id = ada.hasTask("{'title':'Run','due_date':'2026-03-02','recurrence':'FREQ=WEEKLY'}");

        assertThat(ada.changesTask(id, "{'recurrence':'FREQ=MINUTELY'}")).isInvalid("body.recurrence");
        assertThat(ada.changesTask(id, "{'recurrence':5}")).isInvalid("body.recurrence");

        assertThat(ada.task(id).path("recurrence").asText()).isEqualTo("FREQ=WEEKLY");
    }

    @Test
    void a_rule_that_meets_no_day_from_its_due_date_on_ends_soon() {
        long id = ada.hasTask("{'title':'Again','due_date':'2027-02-28','recurrence':'FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29'}");

        long start = System.nanoTime();
        complete(id);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(findNext(id)).isNull();
    }

    private Answer complete(long id) {
        return client.post("/api/v1/tasks/" + id + "/complete", "");
    }

    private JsonNode next(long id) {
        var next = findNext(id);
        assertThat(next).isNotNull();
        return next;
    }

    private JsonNode findNext(long id) {
        for (var task : data(client.get("/api/v1/tasks?page_size=100")).path("items")) {
            if (task.path("previous_id").asLong() == id) {
                return task;
            }
        }
        return null;
    }

    /** @return the day on which a task is due, where ada lives */
    private static String day(JsonNode task) {
        return Instant.parse(task.path("due_date").asText()).atZone(BERLIN).toLocalDate().toString();
    }

    private void livesIn(String zone) {
        assertThat(client.patch("/api/v1/users/me", "{\"timezone\":\"" + zone + "\"}")).isOk();
    }
}
