package ollamaweb.purge;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import ollamaweb.testing.Await;
import ollamaweb.testing.PostgresServer;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;

/** PostgreSQL's own way to make room of what was deleted. */
class PostgresMaintenanceTest {

    @Test
    void at_night_the_database_is_vacuumed() throws Exception {
        var url = PostgresServer.newDatabase();
        try (var app = TestApp.started("DATABASE_URL", url, "SECRET_KEY", "k".repeat(32), "JWT_SECRET_KEY", "j".repeat(32))) {
            assertThat(vacuums(url)).isZero();

            app.clock().advance(Duration.ofDays(1));

            Await.await(Duration.ofMinutes(1), () -> vacuums(url) > 0, () -> "not vacuumed");
        } finally {
            PostgresServer.drop(url);
        }
    }

    private static long vacuums(String url) {
        try (var connection = PostgresServer.connect(url);
                var rows = connection.createStatement()
                        .executeQuery("SELECT vacuum_count FROM pg_stat_user_tables WHERE relname = 'messages'")) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
