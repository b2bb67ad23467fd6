package ollamaweb.db.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import ollamaweb.db.DatabaseUnavailableException;
import ollamaweb.db.sqlite.WorkQueue.Lane;
import org.junit.jupiter.api.Test;

class WorkQueueTest {

    private final WorkQueue<String> queue = new WorkQueue<>();

    @Test
    void a_full_lane_refuses_and_leaves_room_in_the_others() {
        int accepted = 0;
        while (queue.offer(Lane.REQUESTS, "request")) {
            accepted++;
        }

        assertThat(accepted).isEqualTo(1000);
        assertThat(queue.offer(Lane.SAVES, "save")).isTrue();
        assertThat(queue.offer(Lane.STEPS, "step")).isTrue();
    }

    @Test
    void the_servers_own_saves_do_not_wait_behind_all_requests() throws Exception {
        queue.offer(Lane.REQUESTS, "request 1");
        queue.offer(Lane.REQUESTS, "request 2");
        queue.offer(Lane.REQUESTS, "request 3");
        queue.offer(Lane.SAVES, "save");

        assertThat(List.of(queue.take(), queue.take())).contains("save");
    }

    @Test
    void a_step_waits_until_nobody_else_does() throws Exception {
        queue.offer(Lane.STEPS, "step");
        queue.offer(Lane.REQUESTS, "request");
        queue.offer(Lane.SAVES, "save");

        assertThat(queue.take()).isNotEqualTo("step");
        assertThat(queue.take()).isNotEqualTo("step");
        assertThat(queue.poll()).as("one batch has one step").isNull();
        assertThat(queue.take()).isEqualTo("step");
    }

    @Test
    void a_step_does_not_wait_for_ever() throws Exception {
        queue.offer(Lane.STEPS, "step");
        queue.offer(Lane.REQUESTS, "request");
        Thread.sleep(Duration.ofMillis(150).toMillis());

        assertThat(queue.take()).isEqualTo("step");
        assertThat(queue.take()).isEqualTo("request");
    }

    @Test
    void a_closed_queue_gives_what_it_has_and_takes_nothing() throws Exception {
        queue.offer(Lane.REQUESTS, "request");
        queue.close();

        assertThatThrownBy(() -> queue.offer(Lane.SAVES, "save")).isInstanceOf(DatabaseUnavailableException.class);
        assertThat(queue.take()).isEqualTo("request");
        assertThat(queue.take()).isNull();
    }
}
