package ollamaweb.chat;

import static ollamaweb.testing.Script.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import ollamaweb.testing.Client;
import ollamaweb.testing.EventReader;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("strain")
class ManyStreamsTest {

    private static final String ASK = "{\"message\":\"Hi\",\"model_name\":\"counter\"}";

    @RegisterExtension
    final TestApp app = new TestApp();

    @Test
    void hundreds_of_answers_at_once_all_arrive_in_order() throws Exception {
        app.ollama().model("counter", tokens(40, 20));
        var ada = app.as("ada");
        var expected = String.join("", IntStream.range(0, 40).mapToObj(i -> " t" + i).toList());

        var streams = new ArrayList<EventReader>();
        for (int i = 0; i < 300; i++) {
            streams.add(ada.ask(ASK));
        }
        var pool = Executors.newFixedThreadPool(300);
        try {
            var texts = new ArrayList<Future<String>>();
            streams.forEach(stream -> texts.add(pool.submit(() -> text(stream))));
            for (var text : texts) {
                assertThat(text.get()).isEqualTo(expected);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void thousands_of_streams_leave_nothing_behind() throws Exception {
        app.ollama().model("counter", tokens(5, 0));
        var ada = app.as("ada");
        chat(ada, 1000);
        var before = Footprint.now();

        chat(ada, 4000);

        var after = Footprint.now();
        assertThat(app.ollama().openStreams()).isZero();
        assertThat(after.threads()).isLessThanOrEqualTo(before.threads() + 10);
        assertThat(after.files()).isLessThanOrEqualTo(before.files() + 10);
        assertThat(after.heapMiB()).isLessThanOrEqualTo(before.heapMiB() + 10);
    }

    private static void chat(Client client, int times) {
        for (int i = 0; i < times; i++) {
            try (var stream = client.ask(ASK)) {
                assertThat(stream.rest()).hasSize(8);
            }
        }
    }

    private static String text(EventReader stream) {
        var text = new StringBuilder();
        try (stream) {
            stream.rest().forEach(event -> text.append(event.content()));
        }
        return text.toString();
    }

    private record Footprint(int threads, int files, long heapMiB) {

        static Footprint now() {
            System.gc();
            var files = new File("/proc/self/fd").list();
            return new Footprint(
                    ManagementFactory.getThreadMXBean().getThreadCount(),
                    files == null ? 0 : files.length,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20);
        }
    }
}
