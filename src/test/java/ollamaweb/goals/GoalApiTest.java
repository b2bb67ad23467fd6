package ollamaweb.goals;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.TaskClient.data;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
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

class GoalApiTest {

    @RegisterExtension
    final TestApp app = new TestApp();

    private TaskClient ada;

    @BeforeEach
    void ada_signs_in() {
        ada = new TaskClient(app.as("ada"));
    }

    @Test
    void a_created_goal_is_answered_with_all_its_fields() {
        var answer = ada.createsGoal("""
            {'title':'Marathon','description':'In autumn','target_date':'2026-10-04','status':'active','progress':0.25}""");

        assertThat(answer).hasStatus(201).hasHeader("Location", "/api/v1/goals/1");
        assertThat(answer.json().fieldNames()).toIterable().containsExactly("data", "message", "timestamp");
        var goal = (ObjectNode) data(answer);
        assertThat(goal.path("created_at").asText()).startsWith("2026-01-05T10:00:00.").isEqualTo(goal.path("updated_at").asText());
        assertThat(goal.remove(List.of("created_at", "updated_at"))).hasToString("""
            {"id":1,"title":"Marathon","description":"In autumn","target_date":"2026-10-04","status":"active","progress":0.25}""");
    }

    @Test
    void a_goal_needs_only_a_title() {
        var goal = (ObjectNode) data(ada.createsGoal("{'title':'Marathon'}"));

        assertThat(goal.remove(List.of("created_at", "updated_at"))).hasToString("""
            {"id":1,"title":"Marathon","description":null,"target_date":null,"status":"active","progress":0.0}""");
    }

    @TestFactory
    Stream<DynamicTest> a_wrong_field_is_named_and_nothing_is_kept() {
        return Cases.each("""
            {}                                                | body.title
            {'title':''}                                      | body.title
            {'title':'Run','description':[]}                  | body.description
            {'title':'Run','target_date':'2026-02-30'}        | body.target_date
            {'title':'Run','target_date':'2026-10-04T00:00'}  | body.target_date
            {'title':'Run','target_date':'+12026-10-04'}      | body.target_date
            {'title':'Run','status':'done'}                   | body.status
            {'title':'Run','progress':1.01}                   | body.progress
            {'title':'Run','progress':-0.1}                   | body.progress
            {'title':'Run','progress':'0.5'}                  | body.progress""", (json, field) -> {
            assertThat(ada.createsGoal(json)).isInvalid(field);
            assertThat(ada.titles("/api/v1/goals")).isEmpty();
        });
    }

    @Test
    void texts_may_be_as_long_as_the_limits() {
        ada.hasGoal("{'title':'" + "t".repeat(200) + "','description':'" + "d".repeat(10_000) + "'}");

        assertThat(ada.createsGoal("{'title':'" + "t".repeat(201) + "'}")).isInvalid("body.title");
        assertThat(ada.createsGoal("{'title':'Run','description':'" + "d".repeat(10_001) + "'}")).isInvalid("body.description");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PATCH", "PUT"})
    void a_change_leaves_what_it_does_not_name(String method) {
        long id = ada.hasGoal("{'title':'Marathon','description':'In autumn','target_date':'2026-10-04','progress':0.25}");
        var before = (ObjectNode) ada.goal(id);
        app.clock().advance(Duration.ofHours(1));

        var after = (ObjectNode) data(ada.tries(method, "/api/v1/goals/" + id, "{'status':'achieved'}"));

        assertThat(after.path("updated_at").asText()).isGreaterThan(before.path("updated_at").asText());
        assertThat(after.path("status").asText()).isEqualTo("achieved");
        assertThat(after.remove(List.of("status", "updated_at"))).isEqualTo(before.remove(List.of("status", "updated_at")));
    }

    @Test
    void null_clears_what_may_be_empty() {
        long id = ada.hasGoal("{'title':'Marathon','description':'In autumn','target_date':'2026-10-04'}");

        var goal = data(ada.changesGoal(id, "{'description':null,'target_date':null}"));

        assertThat(goal.path("description").isNull()).isTrue();
        assertThat(goal.path("target_date").isNull()).isTrue();
    }

    @TestFactory
    Stream<DynamicTest> a_wrong_change_changes_nothing() {
        long id = ada.hasGoal("{'title':'Marathon'}");
        var before = ada.goal(id);

        return Cases.each("""
            {'title':null}                              | body.title
            {'status':null}                             | body.status
            {'progress':null}                           | body.progress
            {'title':'Walk','progress':2}               | body.progress
            {'title':'Walk','target_date':'some day'}   | body.target_date""", (json, field) -> {
            assertThat(ada.changesGoal(id, json)).isInvalid(field);

            assertThat(ada.goal(id)).isEqualTo(before);
        });
    }

    @Test
    void a_removed_goal_leaves_its_tasks() {
        long id = ada.hasGoal("{'title':'Marathon'}");
        long task = ada.hasTask("{'title':'Run','goal_id':" + id + "}");

        assertThat(data(app.as("ada").delete("/api/v1/goals/" + id))).hasToString("{\"id\":" + id + "}");

        assertThat(app.as("ada").get("/api/v1/goals/" + id)).isError(404, "Goal not found");
        assertThat(ada.task(task).path("goal_id").isNull()).isTrue();
    }

    @Test
    void goals_are_listed_by_target_date_and_found_by_status() {
        ada.hasGoal("{'title':'some day'}");
        ada.hasGoal("{'title':'autumn','target_date':'2026-10-04'}");
        ada.hasGoal("{'title':'spring','target_date':'2026-04-12','status':'achieved'}");
        new TaskClient(app.as("bob")).hasGoal("{'title':'bobs'}");

        assertThat(ada.titles("/api/v1/goals/")).containsExactly("spring", "autumn", "some day");
        assertThat(ada.titles("/api/v1/goals?status=achieved")).containsExactly("spring");
        var page = data(app.as("ada").get("/api/v1/goals?page=2&page_size=2"));
        assertThat(page.path("items").findValuesAsText("title")).containsExactly("some day");
        assertThat(page.path("total").asInt()).isEqualTo(3);
        assertThat(app.as("ada").get("/api/v1/goals?status=done")).isInvalid("query.status");
    }

    @TestFactory
    Stream<DynamicTest> another_users_goal_does_not_exist() {
        long id = ada.hasGoal("{'title':'Marathon'}");
        var before = ada.goal(id);

        return Stream.of("GET", "PUT", "PATCH", "DELETE").map(method -> dynamicTest(method, () -> {
            var strangers = new TaskClient(app.as("bob")).tries(method, "/api/v1/goals/" + id, "{'title':'Bob was here'}");
            var missing = ada.tries(method, "/api/v1/goals/999", "{'title':'Walk'}");

            assertThat(strangers).hasStatus(404).isJson("{\"detail\":\"Goal not found\",\"status_code\":404}");
            assertThat(missing).hasStatus(404).isJson(strangers.body());
            assertThat(ada.goal(id)).isEqualTo(before);
        }));
    }

    @TestFactory
    Stream<DynamicTest> goals_need_sign_in() {
        return Cases.each("""
            POST   |
            GET    |
            GET    | /1
            PUT    | /1
            PATCH  | /1
            DELETE | /1""", (method, path) -> {
            var answer = new TaskClient(app.anonymous()).tries(method, "/api/v1/goals" + path, "{'title':'Marathon'}");

            assertThat(answer).isError(401, "API key is required");
        });
    }

    @Test
    void an_id_that_is_no_integer_is_invalid() {
        assertThat(app.as("ada").get("/api/v1/goals/one")).isInvalid("path.id");
    }
}
