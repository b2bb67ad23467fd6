package ollamaweb.tasks;

import static ollamaweb.testing.Answer.assertThat;
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

/** Whose a task is, and what names none. */
class TaskAccessTest {

    @RegisterExtension
    final TestApp app = new TestApp();

    private TaskClient ada;

    @BeforeEach
    void ada_signs_in() {
        ada = new TaskClient(app.as("ada"));
    }

    @Test
    void another_users_goal_or_task_is_as_invalid_as_a_missing_one() {
        var bob = new TaskClient(app.as("bob"));
        long goal = bob.hasGoal("{'title':'Wealth'}");
        long parent = bob.hasTask("{'title':'Save'}");

        var strangers = ada.createsTask("{'title':'Run','goal_id':" + goal + "}");
        var missing = ada.createsTask("{'title':'Run','goal_id':999}");

        assertThat(strangers).isInvalid("body.goal_id").isJson(missing.body());
        assertThat(ada.createsTask("{'title':'Run','parent_id':" + parent + "}")).isInvalid("body.parent_id");
    }

    @TestFactory
    Stream<DynamicTest> another_users_task_does_not_exist() {
        long id = ada.hasTask("{'title':'Run'}");
        var before = ada.task(id);

        return Cases.each("""
            GET    |
            PUT    |
            PATCH  |
            DELETE |
            POST   | /complete""", (method, path) -> {
            var strangers = new TaskClient(app.as("bob")).tries(method, "/api/v1/tasks/" + id + path, "{'title':'Bob was here'}");
            var missing = ada.tries(method, "/api/v1/tasks/999" + path, "{'title':'Walk'}");

            assertThat(strangers).hasStatus(404).isJson("{\"detail\":\"Task not found\",\"status_code\":404}");
            assertThat(missing).hasStatus(404).isJson(strangers.body());
            assertThat(ada.task(id)).isEqualTo(before);
        });
    }

    @TestFactory
    Stream<DynamicTest> tasks_need_sign_in() {
        return Cases.each("""
            POST   |
            GET    |
            GET    | /today
            GET    | /1
            PUT    | /1
            PATCH  | /1
            DELETE | /1
            POST   | /1/complete""", (method, path) -> {
            var answer = new TaskClient(app.anonymous()).tries(method, "/api/v1/tasks" + path, "{'title':'Run'}");

            assertThat(answer).hasStatus(401).isJson("{\"detail\":\"API key is required\",\"status_code\":401}");
        });
    }

    @TestFactory
    Stream<DynamicTest> an_id_that_is_no_integer_is_invalid() {
        return Cases.each("""
            GET    | one
            PUT    | 1.5
            PATCH  | tomorrow
            DELETE | 0x1
            POST   | one/complete""",
                (method, path) -> assertThat(ada.tries(method, "/api/v1/tasks/" + path, "{'title':'Run'}")).isInvalid("path.id"));
    }
}
