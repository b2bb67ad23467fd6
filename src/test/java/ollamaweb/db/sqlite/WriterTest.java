package ollamaweb.db.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import ollamaweb.db.DatabaseUnavailableException;
import ollamaweb.db.sqlite.WorkQueue.Lane;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the works of many take turns. */
class WriterTest {

    private final CountDownLatch arrived = new CountDownLatch(1);
    private Writer writer;

    @BeforeEach
    void the_writer_is_busy_until_all_have_arrived() {
        writer = new Writer(Jdbi.create("jdbc:sqlite::memory:"), () -> {});
        var unused = submit(Lane.SAVES, () -> {
            awaitArrival();
            return null;
        });
    }

    @AfterEach
    void close() {
        arrived.countDown();
        writer.close();
    }

    @Test
    void a_short_work_is_acknowledged_before_many_long_ones_that_came_after_it_are_done() {
        var first = submit(Lane.REQUESTS, () -> "done");
        var seen = new ArrayList<CompletableFuture<Boolean>>();
        for (int i = 0; i < 20; i++) {
            seen.add(submit(Lane.REQUESTS, () -> {
                work();
                return first.isDone();
            }));
        }
        arrived.countDown();

        assertThat(seen.get(19).join()).isTrue();
    }

    @Test
    void a_request_does_not_wait_for_the_steps_before_it() {
        var order = new ArrayList<String>();
        var steps = new ArrayList<CompletableFuture<?>>();
        for (int i = 0; i < 20; i++) {
            steps.add(submit(Lane.STEPS, () -> order.add("step")));
        }
        var request = submit(Lane.REQUESTS, () -> order.add("request"));
        arrived.countDown();

        request.join();
        steps.forEach(CompletableFuture::join);
        assertThat(order.indexOf("request")).isLessThanOrEqualTo(1);
    }

    @Test
    void who_finds_the_queue_full_is_told_so_and_the_servers_own_saves_go_on() {
        var accepted = new ArrayList<CompletableFuture<String>>();
        CompletableFuture<String> last;
        do {
            last = submit(Lane.REQUESTS, () -> "done");
            accepted.add(last);
        } while (!last.isCompletedExceptionally());
        var save = submit(Lane.SAVES, () -> "saved");
        arrived.countDown();

        assertThatThrownBy(last::join).hasCauseInstanceOf(DatabaseUnavailableException.class)
                .hasMessageContaining("Too many writes are waiting, please try again");
        assertThat(save.join()).isEqualTo("saved");
        accepted.stream().limit(1000).forEach(CompletableFuture::join);
    }

    @Test
    void nobody_waits_for_a_writer_that_is_gone() {
        var gone = submit(Lane.REQUESTS, () -> {
            throw new IllegalStateException("a work that fails");
        });
        arrived.countDown();
        assertThatThrownBy(gone::join).hasRootCauseMessage("a work that fails");
        writer.close();

        assertThat(writer.isAlive()).isFalse();
        assertThatThrownBy(() -> writer.write(Lane.REQUESTS, tx -> null)).isInstanceOf(DatabaseUnavailableException.class);
    }

    private <R> CompletableFuture<R> submit(Lane lane, Supplier<R> work) {
        return writer.submit(lane, tx -> work.get());
    }

    /** As much as fits into no batch twenty times. */
    private static void work() {
        long end = System.nanoTime() + 5_000_000;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private void awaitArrival() {
        try {
            arrived.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
