package ollamaweb.cluster;

import static ollamaweb.testing.TaskClient.data;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import ollamaweb.testing.Client;
import ollamaweb.testing.Cluster;
import ollamaweb.testing.EventReader;
import ollamaweb.testing.TaskClient;
import org.junit.jupiter.api.Test;

/** Reminders where several servers look for them. */
class SharedRemindersTest {

    private static final int REMINDERS = 20;

    @Test
    void each_reminder_is_sent_once_and_followed_on_any_server() throws Exception {
        try (var cluster = Cluster.of(2)) {
            var ada = cluster.server(0).as("ada");
            var plans = new TaskClient(ada);
            var at = cluster.server(0).clock().instant().plus(Duration.ofHours(1));
            for (int i = 0; i < REMINDERS; i++) {
                long id = plans.hasTask("{'title':'Call Bob'}");
                assertThat(data(plans.tries("POST", "/api/v1/tasks/" + id + "/reminders", "{'remind_at':'" + at + "'}"))).isNotNull();
            }
            try (var first = events(ada); var second = events(cluster.server(1).as("ada"))) {
                cluster.server(0).clock().advance(Duration.ofHours(2));
                cluster.server(1).clock().advance(Duration.ofHours(2));
                for (int i = 1; i <= REMINDERS; i++) {
                    assertThat(first.next("reminder").id()).isEqualTo("" + i);
                    assertThat(second.next("reminder").id()).isEqualTo("" + i);
                }
            }
            assertThat(cluster.row("SELECT COUNT(*) FROM account_events")).isEqualTo("" + REMINDERS);
        }
    }

    private static EventReader events(Client client) {
        return client.open(client.request("/api/v1/events").get().build());
    }
}
