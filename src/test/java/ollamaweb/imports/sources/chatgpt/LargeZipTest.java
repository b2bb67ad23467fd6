package ollamaweb.imports.sources.chatgpt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import ollamaweb.imports.sources.ConversationSink;
import ollamaweb.imports.sources.ImportFile;
import ollamaweb.imports.sources.SourceConversation;
import ollamaweb.testing.Program;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("strain")
class LargeZipTest {

    private static final int MIB = 300;
    private static final String HEAP = "-Xmx96m";

    @TempDir
    private Path folder;

    @Test
    void a_zip_three_times_the_size_of_the_heap_is_read() throws Exception {
        var zip = folder.resolve("export.zip");
        int written = write(zip);

        try (var reading = Program.start(folder, Map.of(), List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", HEAP, "-cp", System.getProperty("java.class.path"), Reading.class.getName(), zip.toString()))) {
            var outcome = reading.awaitEnd();
            assertThat(outcome.err()).isEmpty();
            assertThat(outcome.out().strip()).isEqualTo(written + " conversations, 0 failures");
        }
    }

    /** @return how many conversations were written, in several lists */
    private static int write(Path zip) throws IOException {
        var messages = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            messages.append(i == 0 ? "" : ",").append("""
                    "%d": {"parent": %s, "message": {"author": {"role": "%s"}, "metadata": {"citations": [{}, {}]},
                      "content": {"content_type": "text", "parts": ["%s"]}}}""".formatted(i, i == 0 ? null : "\"" + (i - 1) + "\"",
                    i % 2 == 0 ? "user" : "assistant", "Some words. ".repeat(300)));
        }
        int size = messages.length();
        int conversations = 0;
        try (var out = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(zip)))) {
            out.setLevel(Deflater.NO_COMPRESSION);
            for (int list = 0; conversations < ((long) MIB << 20) / size; list++) {
                out.putNextEntry(new ZipEntry("conversations-%03d.json".formatted(list)));
                for (int i = 0; i < 100; i++, conversations++) {
                    out.write(((i == 0 ? "[" : ",") + "{\"id\": \"" + conversations + "\", \"mapping\": {").getBytes(UTF_8));
                    out.write(messages.toString().getBytes(UTF_8));
                    out.write("}}".getBytes(UTF_8));
                }
                out.write(']');
                out.closeEntry();
            }
        }
        return conversations;
    }

    /** Counts what is in the file. */
    static final class Reading implements ConversationSink {

        private int conversations;
        private int failures;

        public static void main(String[] args) throws IOException {
            var counts = new Reading();
            try (var file = ImportFile.zip(Path.of(args[0]))) {
                new ChatGptFormat().read(file, counts);
            }
            System.out.println(counts.conversations + " conversations, " + counts.failures + " failures");
        }

        @Override
        public void add(SourceConversation conversation) {
            conversations++;
        }

        @Override
        public void fail(String title, String detail) {
            failures++;
        }
    }
}
