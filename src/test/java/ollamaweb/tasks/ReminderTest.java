package ollamaweb.tasks;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Await.await;
import static ollamaweb.testing.TaskClient.data;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import ollamaweb.json.Timestamps;
import ollamaweb.testing.Answer;
import ollamaweb.testing.Cases;
import ollamaweb.testing.Client;
import ollamaweb.testing.Rows;
import ollamaweb.testing.TaskClient;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Being reminded of tasks, by the events of the account. */
class ReminderTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @RegisterExtension
    static final TestApp app = new TestApp();

    private static int people;

    private Client ada;
    private TaskClient plans;
    private Instant now;

    @BeforeEach
    void ada_signs_in() {
        ada = app.as("ada" + ++people);
        plans = new TaskClient(ada);
        now = app.clock().instant();
    }

    @Test
    void a_reminder_is_an_event_when_its_time_has_come() {
        long id = plans.hasTask("{'title':'Call Bob'}");
        long reminder = remind(id, "{'remind_at':'%s'}".formatted(now.plus(HOUR)));
        long later = remind(id, "{'remind_at':'%s'}".formatted(now.plus(HOUR.multipliedBy(3))));
        try (var events = ada.accountEvents()) {
            app.clock().advance(HOUR.plusMinutes(1));

            var event = events.next("reminder");

            assertThat(event.json().path("id").asLong()).isEqualTo(reminder);
            assertThat(event.json().path("task_id").asLong()).isEqualTo(id);
            assertThat(event.json().path("title").asText()).isEqualTo("Call Bob");
            assertThat(Instant.parse(event.json().path("remind_at").asText())).isEqualTo(now.plus(HOUR));
            assertThat(event.id()).isEqualTo("1");
        }
        assertThat(reminders(id).findValuesAsText("id")).containsExactly("" + reminder, "" + later);
        assertThat(reminders(id).get(0).path("sent_at").isNull()).isFalse();
        assertThat(reminders(id).get(1).path("sent_at").isNull()).isTrue();
    }

    @Test
    void a_client_that_comes_anew_is_sent_what_nobody_was_yet_and_one_that_comes_back_what_it_missed() {
        long id = plans.hasTask("{'title':'Call Bob'}");
        long first = remind(id, "{'remind_at':'%s'}".formatted(now.plus(HOUR)));
        long second = remind(id, "{'remind_at':'%s'}".formatted(now.plus(HOUR.multipliedBy(3))));
        app.clock().advance(HOUR.plusMinutes(1));
        awaitSent(id, 1);

        try (var anew = ada.accountEvents()) {
            assertThat(anew.next("reminder").json().path("id").asLong()).isEqualTo(first);
        }
        app.clock().advance(HOUR.multipliedBy(3));
        awaitSent(id, 2);
        try (var back = ada.accountEvents("1")) {
            assertThat(back.next("reminder").json().path("id").asLong()).isEqualTo(second);
        }
        try (var fromTheBeginning = ada.accountEvents("0")) {
            assertThat(fromTheBeginning.next("reminder").id()).isEqualTo("1");
            assertThat(fromTheBeginning.next("reminder").id()).isEqualTo("2");
        }
        await(() -> accounts("events_sent = 2").equals("1"), () -> "it is not noted what was sent");
        try (var again = ada.accountEvents(); var ofAnotherServer = ada.accountEvents("999999")) {
            again.nextPing();
            ofAnotherServer.nextPing();
            again.nextPing();
            ofAnotherServer.nextPing();
        }
    }

    @Test
    void what_was_due_while_no_server_ran_is_sent_at_the_start_and_once() throws Exception {
        try (var server = TestApp.started()) {
            var person = server.as("ada");
            var planner = new TaskClient(person);
            long id = planner.hasTask("{'title':'Call Bob'}");
            var at = server.clock().instant().plus(HOUR);
            assertThat(planner.tries("POST", path(id), "{'remind_at':'%s'}".formatted(at))).hasStatus(201);
            server.clock().advance(HOUR.multipliedBy(2));
            server.restart();
            server.restart();

            try (var events = server.as("ada").accountEvents("0")) {
                assertThat(events.next("reminder").json().path("task_id").asLong()).isEqualTo(id);
                events.nextPing(); // no other came before it
            }
        }
    }

    @Test
    void one_that_depends_on_the_due_date_goes_along_with_it() {
        long id = plans.hasTask("{'title':'Call Bob','due_date':'%s'}".formatted(now.plus(HOUR.multipliedBy(5))));
        remind(id, "{'minutes_before':60}");
        assertThat(remindAt(id)).isEqualTo(Timestamps.format(now.plus(HOUR.multipliedBy(4))));

        plans.changesTask(id, "{'due_date':'%s'}".formatted(now.plus(HOUR.multipliedBy(2))));
        assertThat(remindAt(id)).isEqualTo(Timestamps.format(now.plus(HOUR)));
        app.clock().advance(HOUR.plusMinutes(1));
        awaitSent(id, 1);
        plans.changesTask(id, "{'due_date':'%s'}".formatted(now.plus(HOUR.multipliedBy(9))));
        assertThat(reminders(id).get(0).path("sent_at").isNull()).isTrue();
        plans.changesTask(id, "{'due_date':null}");
        assertThat(reminders(id).get(0).path("remind_at").isNull()).isTrue();
        plans.changesTask(id, "{'title':'Call Eve'}");
        assertThat(reminders(id)).hasSize(1);
    }

    @Test
    void a_task_that_is_done_cancelled_or_deleted_reminds_of_nothing() {
        var at = "{'remind_at':'%s'}".formatted(now.plus(HOUR));
        long done = plans.hasTask("{'title':'done'}");
        long cancelled = plans.hasTask("{'title':'cancelled'}");
        long deleted = plans.hasTask("{'title':'deleted'}");
        long left = plans.hasTask("{'title':'left'}");
        for (long id : new long[] {done, cancelled, deleted, left}) {
            remind(id, at);
        }
        ada.post("/api/v1/tasks/" + done + "/complete", "");
        plans.changesTask(cancelled, "{'status':'cancelled'}");
        ada.delete("/api/v1/tasks/" + deleted);
        app.clock().advance(HOUR.plusMinutes(1));
        awaitSent(done, 1);
        awaitSent(left, 1);
        plans.changesTask(done, "{'status':'open'}");

        try (var events = ada.accountEvents("0")) {
            assertThat(events.next("reminder").json().path("title").asText()).isEqualTo("left");
        }
        assertThat(accounts("event_count = 1")).isEqualTo("1");
    }

    @Test
    void the_next_of_a_recurring_task_is_reminded_of_as_the_last_one_was() {
        long id = plans.hasTask("{'title':'Run','due_date':'2030-03-02T10:00:00Z','recurrence':'FREQ=DAILY'}");
        remind(id, "{'minutes_before':30}");
        remind(id, "{'remind_at':'2030-03-01T10:00:00Z'}");
        ada.post("/api/v1/tasks/" + id + "/complete", "");

        long next = data(ada.get("/api/v1/tasks?status=open")).path("items").get(0).path("id").asLong();

        assertThat(remindAt(next)).isEqualTo("2030-03-03T09:30:00.000Z");
        assertThat(reminders(next)).hasSize(1);
    }

    @TestFactory
    Stream<DynamicTest> a_wrong_reminder_is_refused_by_the_name_of_what_is_wrong() {
        long id = plans.hasTask("{'title':'no date'}");
        return Cases.each("""
            {}                                                         | body.remind_at
            {'remind_at':'soon'}                                       | body.remind_at
            {'remind_at':'2020-01-01T00:00:00Z'}                       | body.remind_at
            {'remind_at':5}                                            | body.remind_at
            {'minutes_before':-1}                                      | body.minutes_before
            {'minutes_before':99999999}                                | body.minutes_before
            {'minutes_before':5}                                       | body.minutes_before
            {'remind_at':'2030-01-01T00:00:00Z','minutes_before':5}    | body.minutes_before
            """, (reminder, field) -> assertThat(plans.tries("POST", path(id), reminder)).isInvalid(field));
    }

    @Test
    void a_task_has_ten_reminders_at_most_and_one_can_be_deleted() {
        long id = plans.hasTask("{'title':'Call Bob'}");
        long first = 0;
        for (int i = 0; i < 10; i++) {
            first = remind(id, "{'remind_at':'2030-01-01T00:00:00Z'}");
        }
        assertThat(plans.tries("POST", path(id), "{'remind_at':'2030-01-01T00:00:00Z'}"))
                .isError(409, "A task can have at most 10 reminders");

        assertThat(ada.delete(path(id) + "/" + first)).isOk();
        assertThat(ada.delete(path(id) + "/" + first)).isError(404, "Reminder not found");
        assertThat(reminders(id)).hasSize(9);
    }

    @Test
    void nobody_is_told_of_another_accounts_reminders() {
        long id = plans.hasTask("{'title':'Secret'}");
        remind(id, "{'remind_at':'%s'}".formatted(now.plus(HOUR)));
        try (var bobs = app.as("bob" + people).accountEvents(); var own = ada.accountEvents()) {
            app.clock().advance(HOUR.plusMinutes(1));
            own.next("reminder");
            bobs.nextPing();
            bobs.nextPing(); // after a second in which nothing came
        }
    }

    private Answer answered(long id, String json) {
        var answer = plans.tries("POST", path(id), json);
        assertThat(answer).hasStatus(201).hasHeader("Location", path(id) + "/" + data(answer).path("id").asLong());
        return answer;
    }

    private long remind(long id, String json) {
        return data(answered(id, json)).path("id").asLong();
    }

    private JsonNode reminders(long id) {
        return data(ada.get(path(id))).path("items");
    }

    private String remindAt(long id) {
        return reminders(id).get(0).path("remind_at").asText();
    }

    private void awaitSent(long id, int count) {
        await(() -> {
            int sent = 0;
            for (var reminder : reminders(id)) {
                sent += reminder.path("sent_at").isNull() ? 0 : 1;
            }
            return sent == count;
        }, () -> "not sent: " + reminders(id));
    }

    /** @return how many accounts such as ada's are so */
    private String accounts(String condition) {
        long id = ada.get("/api/config/get").json().path("user_id").asLong();
        return Rows.one(app.database(), "SELECT COUNT(*) FROM users WHERE id = " + id + " AND " + condition);
    }

    private static String path(long id) {
        return "/api/v1/tasks/" + id + "/reminders";
    }
}
