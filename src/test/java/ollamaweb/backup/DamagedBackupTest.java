package ollamaweb.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import ollamaweb.testing.SampleData;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A backup that is not what was made is refused, and changes nothing. */
@Tag("strain")
class DamagedBackupTest extends BackupFolder {

    @Test
    void a_damaged_backup_is_refused_and_changes_nothing() throws Exception {
        SampleData.fill(url("a"));
        var file = folder.resolve("b.zip");
        backups(url("a")).make(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        restore().verify(file);
        var target = folder.resolve("a.db");
        var content = Files.readAllBytes(target);
        long size = Files.size(file);

        for (long place = 0; place < size; place += place < size - 1500 ? size / 20 : 7) {
            assertRefused("byte " + place, flipped(Files.readAllBytes(file), (int) place));
        }
        var bytes = Files.readAllBytes(file);
        assertRefused("cut", Arrays.copyOf(bytes, bytes.length - 1));
        assertRefused("longer", Arrays.copyOf(bytes, bytes.length + 1));
        var moved = new byte[bytes.length + 1];
        System.arraycopy(bytes, 0, moved, 1, bytes.length);
        assertRefused("with something in front", moved);
        Files.write(folder.resolve("half.zip"), Arrays.copyOf(Files.readAllBytes(file), (int) size / 2));
        assertThatThrownBy(() -> restore().run(folder.resolve("half.zip"), SampleData.storage(url("a"))))
                .hasMessageContaining("only part of one");
        assertThatThrownBy(() -> restore().verify(folder.resolve("none.zip"))).hasMessageContaining("there is no file");

        assertThat(Files.readAllBytes(target)).isEqualTo(content);
        assertThat(names(".before-restore-")).isEmpty();
        assertThat(names(".ollama-web-")).as("what was needed meanwhile").isEmpty();
    }

    @Test
    void a_zip_that_was_packed_anew_is_refused_unless_it_holds_the_same() throws Exception {
        SampleData.fill(url("a"));
        var file = folder.resolve("b.zip");
        backups(url("a")).make(file);
        var entries = entries(file);
        var manifest = new String(entries.get("manifest.json"), UTF_8);

        Files.write(folder.resolve("anew.zip"), zip(entries));
        restore().verify(folder.resolve("anew.zip"));

        assertRefused("one more", zip(with(entries, "../more", "more")));
        for (var other : List.of("null", "", "[]", "{}", "{\"files\":[null]}", manifest.replace("\"secret\"", "\"other\""),
                manifest + " ".repeat(100_000) + "x")) {
            assertRefused(other, zip(with(entries, "manifest.json", other)));
        }
        assertRefused("no secret", zip(with(entries, "secret", "")));
        assertThatThrownBy(() -> {
            Files.write(folder.resolve("damaged.zip"),
                    zip(with(entries, "manifest.json", manifest.replace("\"format\":1", "\"format\":2"))));
            restore().verify(folder.resolve("damaged.zip"));
        }).hasMessageContaining("damaged.zip was made by a newer ollama-web");
    }

    private void assertRefused(String what, byte[] content) throws IOException {
        var damaged = folder.resolve("damaged.zip");
        Files.write(damaged, content);
        assertThatThrownBy(() -> restore().run(damaged, SampleData.storage(url("a")))).as(what)
                .isInstanceOf(IOException.class).hasMessageStartingWith(damaged + " is no backup");
    }

    private static byte[] flipped(byte[] bytes, int place) {
        bytes[place] ^= 0x10;
        return bytes;
    }

    private static Map<String, byte[]> entries(Path file) throws IOException {
        var entries = new LinkedHashMap<String, byte[]>();
        try (var zip = new ZipInputStream(Files.newInputStream(file))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }

    private static Map<String, byte[]> with(Map<String, byte[]> entries, String name, String content) {
        var changed = new LinkedHashMap<>(entries);
        changed.put(name, content.getBytes(UTF_8));
        return changed;
    }

    private static byte[] zip(Map<String, byte[]> entries) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
