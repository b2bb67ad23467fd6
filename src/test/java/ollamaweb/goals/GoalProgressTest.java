package ollamaweb.goals;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.TaskClient.data;
import static org.assertj.core.api.Assertions.assertThat;

import ollamaweb.testing.TaskClient;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GoalProgressTest {

    @RegisterExtension
    final TestApp app = new TestApp();

    private TaskClient ada;

    @BeforeEach
    void ada_signs_in() {
        ada = new TaskClient(app.as("ada"));
    }

    @Test
    void progress_is_the_part_of_the_tasks_that_is_done() {
        long id = ada.hasGoal("{'title':'Marathon','progress':0.9}");
        assertThat(progress(id)).isEqualTo(0.9);

        long run = hasTask(id, "open");
        assertThat(progress(id)).isZero();

        hasTask(id, "in_progress");
        hasTask(id, "cancelled");
        ada.hasTask("{'title':'sub-task','status':'done','goal_id':" + id + ",'parent_id':" + run + "}");
        hasTask(ada.hasGoal("{'title':'another'}"), "done");
        assertThat(progress(id)).isEqualTo(1 / 3.0);

        app.as("ada").post("/api/v1/tasks/" + run + "/complete", "");
        assertThat(progress(id)).isEqualTo(2 / 3.0);
    }

    @Test
    void a_list_shows_the_progress_of_each_goal() {
        hasTask(ada.hasGoal("{'title':'half'}"), "done");
        hasTask(1, "open");
        hasTask(ada.hasGoal("{'title':'none'}"), "open");
        ada.hasGoal("{'title':'by hand','progress':0.7}");

        var items = data(app.as("ada").get("/api/v1/goals")).path("items");

        assertThat(items.findValuesAsText("progress")).containsExactly("0.5", "0.0", "0.7");
    }

    @Test
    void a_goal_whose_tasks_are_all_cancelled_has_the_progress_that_was_set() {
        long id = ada.hasGoal("{'title':'Marathon','progress':0.9}");
        hasTask(id, "cancelled");

        assertThat(progress(id)).isEqualTo(0.9);
        assertThat(ada.changesGoal(id, "{'progress':0.4}")).isOk();
        assertThat(progress(id)).isEqualTo(0.4);
    }

    @Test
    void progress_that_tasks_make_cannot_be_set() {
        long id = ada.hasGoal("{'title':'Marathon','progress':0.9}");
        long task = hasTask(id, "open");

        assertThat(ada.changesGoal(id, "{'title':'Walk','progress':0.4}")).isInvalid("body.progress");
        assertThat(ada.goal(id).path("title").asText()).isEqualTo("Marathon");

        app.as("ada").delete("/api/v1/tasks/" + task);
        assertThat(progress(id)).isEqualTo(0.9);
    }

    @Test
    void a_goal_can_be_sent_back_as_it_was_read() {
        long id = ada.hasGoal("{'title':'Marathon','progress':0.9}");
        long task = hasTask(id, "done");
        hasTask(id, "open");
        hasTask(id, "open");

        var answer = app.as("ada").put("/api/v1/goals/" + id, ada.goal(id).toString());

        assertThat(data(answer).path("progress").asDouble()).isEqualTo(1 / 3.0);
        app.as("ada").delete("/api/v1/tasks/" + task);
        assertThat(progress(id)).isZero();
    }

    private long hasTask(long goal, String status) {
        return ada.hasTask("{'title':'Run','status':'" + status + "','goal_id':" + goal + "}");
    }

    private double progress(long id) {
        return ada.goal(id).path("progress").asDouble();
    }
}
