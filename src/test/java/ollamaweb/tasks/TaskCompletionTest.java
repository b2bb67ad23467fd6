package ollamaweb.tasks;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.TaskClient.data;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import ollamaweb.testing.Answer;
import ollamaweb.testing.TaskClient;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TaskCompletionTest {

    private static final String TIMESTAMP = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

    @RegisterExtension
    final TestApp app = new TestApp();

    private TaskClient ada;

    @BeforeEach
    void ada_signs_in() {
        ada = new TaskClient(app.as("ada"));
    }

    @Test
    void a_task_is_completed_while_its_status_is_done() {
        long id = ada.hasTask("{'title':'Run','status':'done'}");
        var completed = ada.task(id).path("completed_at");
        assertThat(completed.asText()).matches(TIMESTAMP);

        app.clock().advance(Duration.ofHours(1));
        assertThat(data(ada.changesTask(id, "{'status':'done','title':'Walk'}")).path("completed_at")).isEqualTo(completed);

        assertThat(data(ada.changesTask(id, "{'status':'open'}")).path("completed_at").isNull()).isTrue();
        assertThat(data(ada.changesTask(id, "{'status':'done'}")).path("completed_at").asText()).isGreaterThan(completed.asText());
    }

    @Test
    void completing_a_task_makes_it_done() {
        long id = ada.hasTask("{'title':'Run'}");

        var task = data(completes(id));

        assertThat(task.path("status").asText()).isEqualTo("done");
        assertThat(task.path("completed_at").asText()).matches(TIMESTAMP).isEqualTo(task.path("updated_at").asText());
    }

    @Test
    void a_task_cannot_be_completed_twice() {
        long id = ada.hasTask("{'title':'Run'}");
        completes(id);

        assertThat(completes(id)).hasStatus(409).isJson("{\"detail\":\"Task is already completed\",\"status_code\":409}");
    }

    @Test
    void of_many_who_complete_a_task_at_once_one_does() {
        long id = ada.hasTask("{'title':'Run'}");
        var threads = Executors.newFixedThreadPool(8);

        var answers = IntStream.range(0, 8).mapToObj(i -> CompletableFuture.supplyAsync(() -> completes(id), threads)).toList();

        assertThat(answers.stream().map(answer -> answer.join().status()).sorted())
                .containsExactly(200, 409, 409, 409, 409, 409, 409, 409);
        threads.shutdown();
    }

    @Test
    void a_cancelled_task_cannot_be_completed() {
        long id = ada.hasTask("{'title':'Run','status':'cancelled'}");

        assertThat(completes(id)).isError(409, "Task is cancelled");
    }

    private Answer completes(long id) {
        return app.as("ada").post("/api/v1/tasks/" + id + "/complete", "");
    }
}
