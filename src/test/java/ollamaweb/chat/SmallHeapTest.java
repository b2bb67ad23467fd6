package ollamaweb.chat;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.hold;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import ollamaweb.testing.Gate;
import ollamaweb.testing.Await;
import ollamaweb.testing.Rows;
import ollamaweb.testing.ScriptedOllama;
import ollamaweb.testing.ServerProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Answers that together are longer than the server's memory: some end early, and the server lives. */
@Timeout(180)
@Tag("strain")
class SmallHeapTest {

    private static final int ANSWERS = 12;
    private static final String[] FOUR_MEBIBYTES = Collections.nCopies(64, "x".repeat(64 * 1024)).toArray(String[]::new);

    @TempDir
    private Path folder;

    @Test
    void many_long_answers_at_once_end_and_nothing_else_is_held_up() throws Exception {
        var gate = new Gate();
        try (var ollama = ScriptedOllama.start(); var server = ServerProcess.start(folder, ollama.url())) {
            ollama.model("long", hold(gate).then(say(FOUR_MEBIBYTES)));
            assertThat(server.with(null).post("/api/auth/setup", "{\"api_key\":\"key-of-ada\"}")).isOk();
            var ada = server.with("key-of-ada");
            for (int i = 0; i < ANSWERS; i++) {
                ada.ask("{\"message\":\"Hi\",\"model_name\":\"long\"}").close();
            }
            gate.awaitArrivals(ANSWERS);
            Rows.dropTriggers(folder.resolve("ollama_web.db"), "messages");

            gate.open();

            Await.await(Duration.ofSeconds(90), () -> "0".equals(count("status = 'streaming'")),
                    () -> count("status = 'streaming'") + " still stream");
            assertThat(count("role = 'assistant' AND status IN ('complete', 'interrupted')")).isEqualTo("" + ANSWERS);
            assertThat(count("status = 'interrupted' AND error <> 'The server has no memory for more of this answer'")).isEqualTo("0");
            assertThat(ada.post("/api/chat/stream", "{\"message\":\"Hi\",\"model_name\":\"echo\",\"stream\":false}")).isOk();
        }
    }

    private String count(String where) {
        return Rows.one(folder.resolve("ollama_web.db"), "SELECT COUNT(*) FROM messages WHERE " + where);
    }
}
