package ollamaweb.tasks;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import ollamaweb.testing.Answer;
import ollamaweb.testing.TaskClient;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SubTaskTest {

    @RegisterExtension
    final TestApp app = new TestApp();

    private TaskClient ada;

    @BeforeEach
    void ada_signs_in() {
        ada = new TaskClient(app.as("ada"));
    }

    @Test
    void a_removed_task_takes_its_sub_tasks_along() {
        long top = hasTaskBelow(null);
        hasTaskBelow(hasTaskBelow(top));
        ada.hasTask("{'title':'another'}");

        app.as("ada").delete("/api/v1/tasks/" + top);

        assertThat(ada.titles("/api/v1/tasks")).containsExactly("another");
    }

    @Test
    void completing_a_task_leaves_its_sub_tasks_as_they_are() {
        long top = hasTaskBelow(null);
        long sub = hasTaskBelow(top);

        app.as("ada").post("/api/v1/tasks/" + top + "/complete", "");

        assertThat(ada.task(sub).path("status").asText()).isEqualTo("open");
    }

    @Test
    void a_task_cannot_be_its_own_parent() {
        long id = hasTaskBelow(null);

        assertThat(moves(id, id)).isInvalid("body.parent_id");
    }

    @Test
    void a_task_cannot_become_its_own_ancestor() {
        long top = hasTaskBelow(null);
        long middle = hasTaskBelow(top);
        long bottom = hasTaskBelow(middle);

        assertThat(moves(top, bottom)).isInvalid("body.parent_id");

        assertThat(ada.task(top).path("parent_id").isNull()).isTrue();
        assertThat(moves(bottom, top)).isOk();
        assertThat(moves(middle, bottom)).isOk();
    }

    @Test
    void two_who_move_tasks_below_each_other_at_once_make_no_cycle() {
        var threads = Executors.newFixedThreadPool(2);
        for (int round = 0; round < 10; round++) {
            long one = hasTaskBelow(null);
            long other = hasTaskBelow(null);

            var answers = List.of(
                    CompletableFuture.supplyAsync(() -> moves(one, other).status(), threads),
                    CompletableFuture.supplyAsync(() -> moves(other, one).status(), threads));

            assertThat(answers.stream().map(CompletableFuture::join)).containsExactlyInAnyOrder(200, 422);
        }
        threads.shutdown();
    }

    @Test
    void tasks_are_nested_at_most_twenty_levels() {
        Long parent = null;
        for (int level = 1; level <= 20; level++) {
            parent = hasTaskBelow(parent);
        }

        assertThat(ada.createsTask("{'title':'too deep','parent_id':" + parent + "}")).isInvalid("body.parent_id");
    }

    @Test
    void a_task_moves_with_all_below_it_or_not_at_all() {
        Long parent = null;
        for (int level = 1; level <= 18; level++) {
            parent = hasTaskBelow(parent);
        }
        long pair = hasTaskBelow(null);
        long three = hasTaskBelow(null);
        hasTaskBelow(pair);
        hasTaskBelow(hasTaskBelow(three));

        assertThat(moves(pair, parent)).isOk();
        assertThat(moves(three, parent)).isInvalid("body.parent_id");
    }

    @Test
    void a_strangers_task_cannot_be_a_parent() {
        long bobs = new TaskClient(app.as("bob")).hasTask("{'title':'Save'}");
        long own = hasTaskBelow(null);

        assertThat(moves(own, bobs)).isInvalid("body.parent_id");
    }

    private long hasTaskBelow(Long parent) {
        return ada.hasTask("{'title':'task','parent_id':" + parent + "}");
    }

    private Answer moves(long id, long parent) {
        return ada.changesTask(id, "{'parent_id':" + parent + "}");
    }
}
