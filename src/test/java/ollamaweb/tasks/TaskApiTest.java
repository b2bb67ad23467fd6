package ollamaweb.tasks;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.TaskClient.data;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import ollamaweb.testing.Cases;
import ollamaweb.testing.TaskClient;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskApiTest {

    private static final String TIMESTAMP = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

    @RegisterExtension
    final TestApp app = new TestApp();

    private TaskClient ada;

    @BeforeEach
    void ada_signs_in() {
        ada = new TaskClient(app.as("ada"));
    }

    @Test
    void a_created_task_is_answered_with_all_its_fields() {
        long goal = ada.hasGoal("{'title':'Health'}");
        long parent = ada.hasTask("{'title':'Move more'}");

        var answer = ada.createsTask("""
            {'title':'Run','description':'5 km','priority':'high','status':'in_progress','due_date':'2026-03-01T10:00:00+02:00',
             'goal_id':%d,'parent_id':%d,'tags':['sport','out'],'estimated_minutes':30,'colour':'ignored'}"""
                .formatted(goal, parent));

        assertThat(answer).hasStatus(201).hasHeader("Location", "/api/v1/tasks/" + data(answer).path("id").asLong());
        assertThat(answer.json().path("message").asText()).isEqualTo("Success");
        assertThat(answer.json().path("timestamp").asText()).matches(TIMESTAMP);
        var task = (ObjectNode) data(answer);
        assertThat(task.path("created_at").asText()).matches(TIMESTAMP).isEqualTo(task.path("updated_at").asText());
        assertThat(task.remove(List.of("created_at", "updated_at"))).hasToString("""
            {"id":2,"title":"Run","description":"5 km","priority":"high","status":"in_progress",\
            "due_date":"2026-03-01T08:00:00.000Z","completed_at":null,"goal_id":1,"parent_id":1,"tags":["sport","out"],\
            "estimated_minutes":30,"recurrence":null,"previous_id":null}""");
    }

    @Test
    void a_task_needs_only_a_title() {
        var task = (ObjectNode) data(ada.createsTask("{'title':'Run'}"));

        assertThat(task.remove(List.of("created_at", "updated_at"))).hasToString("""
            {"id":1,"title":"Run","description":null,"priority":"medium","status":"open","due_date":null,"completed_at":null,\
            "goal_id":null,"parent_id":null,"tags":[],"estimated_minutes":null,"recurrence":null,"previous_id":null}""");
    }

    @TestFactory
    Stream<DynamicTest> a_wrong_field_is_named_and_nothing_is_kept() {
        return Cases.each("""
            {}                                             | body.title
            {'title':null}                                 | body.title
            {'title':''}                                   | body.title
            {'title':5}                                    | body.title
            {'title':'a\\u0000b'}                          | body.title
            {'title':'Run','priority':'extreme'}           | body.priority
            {'title':'Run','status':'DONE'}                | body.status
            {'title':'Run','due_date':'tomorrow'}          | body.due_date
            {'title':'Run','due_date':'2026-02-30'}        | body.due_date
            {'title':'Run','due_date':'0000-01-01'}        | body.due_date
            {'title':'Run','due_date':1767225600}          | body.due_date
            {'title':'Run','goal_id':7}                    | body.goal_id
            {'title':'Run','goal_id':'7'}                  | body.goal_id
            {'title':'Run','parent_id':7}                  | body.parent_id
            {'title':'Run','parent_id':1.5}                | body.parent_id
            {'title':'Run','tags':'sport'}                 | body.tags
            {'title':'Run','tags':['a',5]}                 | body.tags.1
            {'title':'Run','tags':['a',null]}              | body.tags.1
            {'title':'Run','tags':['a','  ']}              | body.tags.1
            {'title':'Run','tags':['a\\nb']}               | body.tags.0
            {'title':'Run','estimated_minutes':0}          | body.estimated_minutes
            {'title':'Run','estimated_minutes':100001}     | body.estimated_minutes
            {'title':'Run','estimated_minutes':1.5}        | body.estimated_minutes""", (json, field) -> {
            assertThat(ada.createsTask(json)).isInvalid(field);
            assertThat(ada.titles("/api/v1/tasks")).isEmpty();
        });
    }

    @Test
    void texts_may_be_as_long_as_the_limits() {
        var tag = "\uD83C\uDFC3".repeat(50);

        ada.hasTask("{'title':'" + "t".repeat(200) + "','description':'" + "d".repeat(10_000) + "','tags':['" + tag + "']}");

        assertThat(ada.createsTask("{'title':'" + "t".repeat(201) + "'}")).isInvalid("body.title");
        assertThat(ada.createsTask("{'title':'Run','description':'" + "d".repeat(10_001) + "'}")).isInvalid("body.description");
        assertThat(ada.createsTask("{'title':'Run','tags':['" + tag + "x']}")).isInvalid("body.tags.0");
    }

    @Test
    void tags_are_trimmed_and_kept_once_in_their_order() {
        var task = data(ada.createsTask("{'title':'Run','tags':[' sport ','out','sport','\\\"\\u00e9\\\\']}"));

        assertThat(task.path("tags")).hasToString("[\"sport\",\"out\",\"\\\"é\\\\\"]");
    }

    @Test
    void a_task_has_at_most_twenty_tags() {
        ada.hasTask("{'title':'Run','tags':" + tags(20) + "}");

        assertThat(ada.createsTask("{'title':'Run','tags':" + tags(21) + "}")).isInvalid("body.tags");
    }

    @Test
    void a_day_as_due_date_is_its_end_where_the_user_lives() {
        assertThat(dueDate("2026-03-01")).isEqualTo("2026-03-01T23:59:59.999Z");

        TaskClient.moveFirstAccount(app, "Pacific/Kiritimati");
        assertThat(dueDate("2026-03-01")).isEqualTo("2026-03-01T09:59:59.999Z");

        TaskClient.moveFirstAccount(app, "America/St_Johns");
        assertThat(dueDate("2026-03-01")).isEqualTo("2026-03-02T03:29:59.999Z");
        assertThat(dueDate("9999-12-31")).isEqualTo("9999-12-31T23:59:59.999Z");
    }

    @Test
    void a_due_date_without_a_zone_is_utc() {
        TaskClient.moveFirstAccount(app, "America/St_Johns");

        assertThat(dueDate("2026-03-01T10:00:00")).isEqualTo("2026-03-01T10:00:00.000Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PATCH", "PUT"})
    void a_change_leaves_what_it_does_not_name(String method) {
        long id = ada.hasTask("{'title':'Run','description':'5 km','due_date':'2026-03-01','tags':['sport'],'estimated_minutes':30}");
        var before = (ObjectNode) ada.task(id);
        app.clock().advance(Duration.ofHours(1));

        var after = (ObjectNode) data(ada.tries(method, "/api/v1/tasks/" + id, "{'title':'Walk'}"));

        assertThat(after.path("updated_at").asText()).isGreaterThan(before.path("updated_at").asText());
        assertThat(after.path("title").asText()).isEqualTo("Walk");
        assertThat(after.remove(List.of("title", "updated_at"))).isEqualTo(before.remove(List.of("title", "updated_at")));
    }

    @Test
    void null_clears_what_may_be_empty() {
        long goal = ada.hasGoal("{'title':'Health'}");
        long parent = ada.hasTask("{'title':'Move more'}");
        long id = ada.hasTask("""
            {'title':'Run','description':'5 km','due_date':'2026-03-01','goal_id':%d,'parent_id':%d,'tags':['sport'],
             'estimated_minutes':30}""".formatted(goal, parent));

        var task = data(ada.changesTask(id, """
            {'description':null,'due_date':null,'goal_id':null,'parent_id':null,'tags':null,'estimated_minutes':null}"""));

        assertThat(Stream.of("description", "due_date", "goal_id", "parent_id", "estimated_minutes"))
                .allMatch(field -> task.path(field).isNull());
        assertThat(task.path("tags")).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> a_wrong_change_changes_nothing() {
        long id = ada.hasTask("{'title':'Run'}");
        var before = ada.task(id);

        return Cases.each("""
            {'title':null}                         | body.title
            {'title':''}                           | body.title
            {'priority':null}                      | body.priority
            {'priority':'extreme'}                 | body.priority
            {'status':null}                        | body.status
            {'status':'finished'}                  | body.status
            {'description':5}                      | body.description
            {'title':'Walk','due_date':'soon'}     | body.due_date
            {'title':'Walk','goal_id':7}           | body.goal_id
            {'title':'Walk','parent_id':7}         | body.parent_id
            {'title':'Walk','tags':['']}           | body.tags.0
            {'title':'Walk','estimated_minutes':0} | body.estimated_minutes""", (json, field) -> {
            assertThat(ada.changesTask(id, json)).isInvalid(field);

            assertThat(ada.task(id)).isEqualTo(before);
        });
    }

    @Test
    void a_removed_task_is_gone() {
        long id = ada.hasTask("{'title':'Run'}");

        assertThat(data(app.as("ada").delete("/api/v1/tasks/" + id))).hasToString("{\"id\":" + id + "}");

        assertThat(app.as("ada").get("/api/v1/tasks/" + id)).isError(404, "Task not found");
    }

    private String dueDate(String given) {
        return data(ada.createsTask("{'title':'Run','due_date':'" + given + "'}")).path("due_date").asText();
    }

    private static String tags(int count) {
        return IntStream.range(0, count).mapToObj(i -> "'tag " + i + "'").toList().toString();
    }
}
