package ollamaweb.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Ticker;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import okhttp3.HttpUrl;
import ollamaweb.cluster.Peers;
import ollamaweb.conversations.ConversationLimits;
import ollamaweb.files.FileLimits;
import ollamaweb.files.FileStore;
import ollamaweb.crypto.Encryption;
import ollamaweb.crypto.SecretKey;
import ollamaweb.db.Storage.MigrationWork;
import ollamaweb.db.sqlite.SqliteFiles;
import ollamaweb.db.sqlite.Synchronous;
import ollamaweb.http.ApiException;
import ollamaweb.http.CurrentUser;
import ollamaweb.json.Json;
import ollamaweb.models.ModelCatalogue;
import ollamaweb.models.ModelProviders;
import ollamaweb.models.OllamaHosts;
import ollamaweb.models.OllamaUrls;
import ollamaweb.outbound.OutboundGuard;
import ollamaweb.outbound.UpstreamHosts;
import ollamaweb.providers.UpstreamHttp;
import ollamaweb.providers.ollama.OllamaProvider;
import ollamaweb.testing.Rows;
import ollamaweb.testing.ScriptedOllama;
import ollamaweb.turns.Turns;
import ollamaweb.upstreams.Upstreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a question whose answer gets no thread: nothing. A machine out of threads cannot be had, so it is played. */
@Timeout(60)
class WorkerStartTest {

    private static final ChatDraft QUESTION =
            Json.read("{\"message\":\"Hi\",\"model_name\":\"echo\"}", ChatDraft.class);

    @TempDir
    private Path folder;

    /** What starts threads, as the JDK does it, until it cannot. */
    private static final class Threads implements Executor {
        private Throwable failure;

        @Override
        public void execute(Runnable task) {
            if (failure instanceof Error error) {
                throw error;
            } else if (failure instanceof RuntimeException refusal) {
                throw refusal;
            }
            new Thread(task).start();
        }
    }

    @Test
    void a_question_whose_worker_cannot_be_started_is_refused_and_leaves_nothing() throws Exception {
        var file = folder.resolve("test.db");
        var threads = new Threads();
        try (var scripted = ScriptedOllama.start();
                var database = SqliteFiles.open(file, Synchronous.NORMAL, MigrationWork.NONE)) {
            var url = HttpUrl.get(scripted.url());
            var guard = new OutboundGuard(UpstreamHosts.of(List.of(), url));
            Rows.change(file, "INSERT INTO users (id, ollama_url) VALUES (1, '" + url + "')");
            var urls = new OllamaUrls(database, guard, url);
            var http = new UpstreamHttp(guard);
            var providers = new ModelProviders(urls,
                    new OllamaHosts(List.of(url), at -> new OllamaProvider(http, at, null), host -> 0),
                    new Upstreams(database, List.of(), new Encryption(new SecretKey("secret")), Ticker.systemTicker()),
                    at -> new OllamaProvider(http, at.url(), null), Ticker.systemTicker());
            var catalogue = new ModelCatalogue(providers, Ticker.systemTicker());
            try (http; var generations = new Generations(database, providers, catalogue,
                    new FileStore(database, new FileLimits(1, 1), () -> 1, Clock.systemUTC()),
                    new Turns(database, 4, () -> 1), Duration.ofMinutes(1),
                    new GenerationLimits(new ConversationLimits(100, 1024), 20), Peers.open(database, null, Clock.systemUTC()),
                    Clock.systemUTC(), threads)) {
                generations.start();
                threads.failure = new OutOfMemoryError("unable to create native thread");
                assertRefused(generations);
                threads.failure = new RejectedExecutionException();
                assertRefused(generations);
                assertThat(generations.count()).isZero();
                assertThat(Rows.one(file, "SELECT COUNT(*) FROM conversations")).isEqualTo("0");
                assertThat(Rows.one(file, "SELECT COUNT(*) FROM messages")).isEqualTo("0");

                threads.failure = null;

                var outcome = generations.ask(CurrentUser.ofKey(1, 1), QUESTION).saved().get(30, TimeUnit.SECONDS);
                assertThat(outcome.status()).isEqualTo("complete");
            }
        }
    }

    private static void assertRefused(Generations generations) {
        assertThatThrownBy(() -> generations.ask(CurrentUser.ofKey(1, 1), QUESTION)).isInstanceOfSatisfying(ApiException.class, refusal -> {
            assertThat(refusal.status()).isEqualTo(503);
            assertThat(refusal.retryAfterSeconds()).isEqualTo(1);
        });
    }
}
