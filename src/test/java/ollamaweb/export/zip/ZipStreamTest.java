package ollamaweb.export.zip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZipStreamTest {

    private static final Instant DAY = Instant.parse("2025-11-04T10:00:02Z");

    @TempDir
    private Path folder;

    @Test
    void what_is_written_in_parts_comes_out_whole() throws Exception {
        var text = "Rye 🍞 and ".repeat(50_000);
        var file = written(member("läuft/a.txt", DAY, true, text.substring(0, 7), text.substring(7)),
                member("b.png", DAY, false, text), member("empty", DAY, true, ""));

        try (var zip = new ZipFile(file.toFile())) {
            assertThat(zip.stream().map(entry -> entry.getName())).containsExactly("läuft/a.txt", "b.png", "empty");
            for (var name : List.of("läuft/a.txt", "b.png")) {
                assertThat(new String(zip.getInputStream(zip.getEntry(name)).readAllBytes(), UTF_8)).isEqualTo(text);
            }
            assertThat(zip.getEntry("empty").getSize()).isZero();
            assertThat(zip.getEntry("empty").getTimeLocal()).hasToString("2025-11-04T10:00:02");
            assertThat(zip.getEntry("läuft/a.txt").getCompressedSize()).isLessThan(10_000);
        }
    }

    @Test
    void it_can_be_read_as_it_comes() throws Exception {
        try (var in = new ZipInputStream(stream(member("a", DAY, true, "one"), member("b", DAY, true, "two")))) {
            assertThat(in.getNextEntry().getName()).isEqualTo("a");
            assertThat(in.readAllBytes()).asString().isEqualTo("one");
            assertThat(in.getNextEntry().getName()).isEqualTo("b");
            assertThat(in.readAllBytes()).asString().isEqualTo("two");
            assertThat(in.getNextEntry()).isNull();
        }
    }

    @Test
    void there_may_be_more_files_than_an_old_zip_can_have() throws Exception {
        var file = folder.resolve("many.zip");
        var left = new int[] {66_000};
        try (var in = new ZipStream(() -> left[0]-- == 0 ? null : member("f" + left[0], Instant.EPOCH, true, "x"))) {
            Files.copy(in, file);
        }

        try (var zip = new ZipFile(file.toFile())) {
            assertThat(zip.size()).isEqualTo(66_000);
            assertThat(zip.getInputStream(zip.getEntry("f0")).readAllBytes()).asString().isEqualTo("x");
        }
    }

    @Test
    void nothing_at_all_is_a_zip_too() throws Exception {
        try (var zip = new ZipFile(written().toFile())) {
            assertThat(zip.size()).isZero();
        }
    }

    private Path written(ZipMember... members) throws IOException {
        var file = folder.resolve("some.zip");
        try (var in = stream(members)) {
            Files.copy(in, file);
        }
        return file;
    }

    private static ZipStream stream(ZipMember... members) throws IOException {
        var left = new ArrayDeque<>(List.of(members));
        return new ZipStream(left::poll);
    }

    private static ZipMember member(String name, Instant modifiedAt, boolean isCompressible, String... parts) {
        return new Parts(name, modifiedAt, isCompressible, new ArrayDeque<>(List.of(parts)));
    }

    private record Parts(String name, Instant modifiedAt, boolean isCompressible, Queue<String> left) implements ZipMember {

        @Override
        public boolean writeNext(OutputStream out) throws IOException {
            out.write(left.remove().getBytes(UTF_8));
            return !left.isEmpty();
        }
    }
}
