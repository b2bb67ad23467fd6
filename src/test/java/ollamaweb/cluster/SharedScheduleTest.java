package ollamaweb.cluster;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import ollamaweb.testing.Await;
import ollamaweb.testing.Cluster;
import org.junit.jupiter.api.Test;

/** Insights that come by themselves where several servers look at the schedules. */
class SharedScheduleTest {

    private static final int PEOPLE = 10;

    @Test
    void each_account_gets_one_insight_a_day_however_many_servers_there_are() throws Exception {
        try (var cluster = Cluster.of(2)) {
            cluster.ollama().model("tiny", say("- Nothing new."));
            for (int i = 0; i < PEOPLE; i++) {
                var settings = "{\"settings\":{\"default_model\":\"tiny\",\"insights.daily\":\"07:00\"}}";
                assertThat(cluster.server(i % 2).as("ada" + i).post("/api/config/save", settings)).isOk();
            }
            var first = cluster.row("SELECT MIN(next_at) FROM insight_schedules");
            cluster.server(0).clock().advance(Duration.ofDays(1));
            cluster.server(1).clock().advance(Duration.ofDays(1));

            Await.await(() -> {
                try {
                    return !cluster.row("SELECT MIN(next_at) FROM insight_schedules").equals(first);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }, () -> "the schedules were not looked at");

            assertThat(cluster.row("SELECT COUNT(*) FROM insights WHERE schedule = 'daily'")).isEqualTo("" + PEOPLE);
        }
    }
}
