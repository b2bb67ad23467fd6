package ollamaweb.auth;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import ollamaweb.testing.Answer;
import ollamaweb.testing.SignedInUser;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RefreshRotationTest {

    private static final int AT_ONCE = 8;

    @RegisterExtension
    final TestApp app = new TestApp();

    private SignedInUser ada;

    @BeforeEach
    void somebody() {
        ada = SignedInUser.registers(app, "ada");
    }

    @Test
    void a_refresh_token_is_exchanged_for_a_new_pair() {
        var answer = ada.refreshes();

        assertThat(answer).isOk();
        assertThat(answer.json().path("data").fieldNames()).toIterable()
                .containsExactly("access_token", "refresh_token", "token_type", "expires_in");
        var next = ada.with(answer);
        assertThat(next.client().get("/api/v1/users/me")).isOk();
        assertThat(next.refreshToken()).isNotEqualTo(ada.refreshToken());
        assertThat(next.refreshes()).isOk();
    }

    @Test
    void a_second_use_ends_the_whole_session_and_no_other() {
        var elsewhere = ada.signsInAgain();
        var next = ada.with(ada.refreshes());
        assertThat(next.client().get("/api/v1/users/me")).isOk();

        assertThat(ada.refreshes()).isError(401, "Invalid API key");

        assertThat(next.client().get("/api/v1/users/me")).isError(401, "Invalid API key");
        assertThat(ada.client().get("/api/v1/users/me")).isError(401, "Invalid API key");
        assertThat(next.refreshes()).isError(401, "Invalid API key");
        assertThat(elsewhere.client().get("/api/v1/users/me")).isOk();
        assertThat(elsewhere.refreshes()).isOk();
    }

    @Test
    void of_eight_uses_at_once_one_wins_and_the_session_ends() {
        var answers = atOnce();

        var winners = answers.stream().filter(answer -> answer.status() == 200).toList();
        assertThat(winners).hasSize(1);
        assertThat(Collections.frequency(answers.stream().map(Answer::status).toList(), 401)).isEqualTo(AT_ONCE - 1);
        var winner = ada.with(winners.get(0));
        assertThat(winner.client().get("/api/v1/users/me")).isError(401, "Invalid API key");
        assertThat(winner.refreshes()).isError(401, "Invalid API key");
    }

    @Test
    void a_used_token_stays_used_over_a_restart() {
        var next = ada.with(ada.refreshes());

        app.restart();

        assertThat(ada.refreshes()).isError(401, "Invalid API key");
        assertThat(next.refreshes()).isError(401, "Invalid API key");
    }

    @Test
    void a_token_is_needed() {
        assertThat(app.anonymous().post("/api/v1/auth/refresh", "{}")).isInvalid("body.refresh_token");
        assertThat(app.anonymous().post("/api/v1/auth/refresh", "{\"refresh_token\":5}")).isInvalid("body.refresh_token");
        assertThat(app.anonymous().post("/api/v1/auth/refresh", "{\"refresh_token\":\"\"}")).isError(401, "Invalid API key");
    }

    private List<Answer> atOnce() {
        var start = new CyclicBarrier(AT_ONCE);
        var threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            return IntStream.range(0, AT_ONCE).mapToObj(i -> CompletableFuture.supplyAsync(() -> {
                await(start);
                return ada.refreshes();
            }, threads)).toList().stream().map(CompletableFuture::join).toList();
        } finally {
            threads.shutdown();
        }
    }

    private static void await(CyclicBarrier start) {
        try {
            start.await();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
