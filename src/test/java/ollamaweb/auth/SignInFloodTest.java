package ollamaweb.auth;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import ollamaweb.testing.Answer;
import ollamaweb.testing.SignedInUser;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("strain")
class SignInFloodTest {

    private static final int STRANGERS = 30;

    @RegisterExtension
    final TestApp app = new TestApp().withStandardHashing();

    @Test
    void under_a_flood_of_wrong_passwords_who_signed_in_from_there_before_gets_in_soon() throws Exception {
        var ada = SignedInUser.registers(app, "ada");
        var alone = hashing(ada::signsInAgain);
        var over = new AtomicBoolean();
        var tried = new AtomicInteger();
        var strangers = Executors.newFixedThreadPool(STRANGERS);
        try {
            for (int i = 0; i < STRANGERS; i++) {
                var address = "127.0.2." + i;
                strangers.execute(() -> {
                    while (!over.get()) {
                        login(address, "guess" + tried.incrementAndGet());
                    }
                });
            }
            while (tried.get() < 4 * STRANGERS) {
                Thread.sleep(5);
            }

            long looking = cpuNanosOfLanes();
            for (int i = 0; i < 3; i++) {
                ada = ada.signsInAgain();
            }
            // What was computed meanwhile, since time on the wall depends on who else is computing: before, 64 strangers came first.
            assertThat(Duration.ofNanos(cpuNanosOfLanes() - looking)).isLessThan(alone.multipliedBy(3 * 10));
        } finally {
            over.set(true);
            strangers.shutdown();
            assertThat(strangers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(ada.client().get("/api/v1/users/me")).isOk();
    }

    private static Duration hashing(Runnable work) {
        long before = cpuNanosOfLanes();
        work.run();
        return Duration.ofNanos(cpuNanosOfLanes() - before);
    }

    private static long cpuNanosOfLanes() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("password-hashing"))
                .mapToLong(thread -> ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId()))
                .sum();
    }

    private Answer login(String address, String name) {
        return app.from(address).post("/api/v1/auth/login",
                "{\"email\":\"%s@example.org\",\"password\":\"Wrong horse 1\"}".formatted(name));
    }
}
