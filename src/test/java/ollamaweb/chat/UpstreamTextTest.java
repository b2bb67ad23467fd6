package ollamaweb.chat;

import static ollamaweb.testing.Script.errorLine;
import static ollamaweb.testing.Script.pause;
import static ollamaweb.testing.Script.raw;
import static ollamaweb.testing.Script.refuse;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import ollamaweb.testing.Event;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an Ollama says of itself reaches people clean, and what it never finishes saying ends. */
class UpstreamTextTest {

    private static final String ASK = "{\"message\":\"Hi\",\"model_name\":\"tiny\"}";

    @RegisterExtension
    final TestApp app = new TestApp().with("OLLAMA_STREAM_IDLE_TIMEOUT", "2");

    @Test
    void an_error_shows_no_file_paths() {
        assertThat(shown("open /root/.ollama/models/blobs/sha256-abc: no such file"))
                .isEqualTo("Ollama: open [path]: no such file");
        assertThat(shown("load C:\\Users\\ada\\models\\tiny.gguf failed")).isEqualTo("Ollama: load [path] failed");
        assertThat(shown("open \"/home/ada l/my model.gguf\": denied")).isEqualTo("Ollama: open \"[path]\": denied");
    }

    @Test
    void an_error_keeps_what_only_looks_like_a_path() {
        assertThat(shown("model hf.co/acme/tiny:Q4_0 needs 8 GB and/or a GPU, see https://ollama.com/library/tiny"))
                .isEqualTo("Ollama: model hf.co/acme/tiny:Q4_0 needs 8 GB and/or a GPU, see https://ollama.com/library/tiny");
    }

    @Test
    void an_error_has_no_control_characters() {
        assertThat(shown("bad\u0000\u001b[31m news\r\nof\u202e a\u0085model")).isEqualTo("Ollama: bad news of a model");
    }

    @Test
    void a_long_error_is_cut_between_characters() {
        assertThat(shown("x".repeat(499) + "😀".repeat(10))).isEqualTo("Ollama: " + "x".repeat(499) + "😀…");
    }

    @Test
    void an_error_in_the_middle_of_an_answer_is_cleaned_as_well() {
        app.ollama().model("tiny", say("Hel").then(errorLine("mmap /var/lib/ollama/blob: out of\u0007 memory")));

        assertThat(app.as("ada").chat(ASK)).endsWith(new Event(null, "error", "{\"error\":\"Ollama: mmap [path]: out of memory\"}"));
    }

    @Test
    void a_line_that_never_ends_is_silence_however_many_bytes_of_it_come() {
        var drip = raw("{\"message\":{\"content\":\"");
        for (int i = 0; i < 100; i++) {
            drip = drip.then(pause(Duration.ofMillis(100)), raw("x"));
        }
        app.ollama().model("tiny", say("Hel").then(drip));

        var events = app.as("ada").chat(ASK);

        assertThat(events).last().isEqualTo(new Event(null, "error", "{\"error\":\"Ollama has been silent for too long\"}"));
    }

    private String shown(String error) {
        app.ollama().model("tiny", refuse(500, error));
        var events = app.as("ada").chat(ASK);
        return events.get(events.size() - 1).json().path("error").asText();
    }
}
