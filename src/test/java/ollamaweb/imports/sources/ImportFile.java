package ollamaweb.imports.sources;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** A file to import, written for a test; it is deleted when it is closed. */
public final class ImportFile implements SourceContainer {

    private final Path path;
    private final ZipFile zip;

    private ImportFile(Path path, ZipFile zip) {
        this.path = path;
        this.zip = zip;
    }

    /** @return a document with this text */
    public static ImportFile of(String text) {
        return of(text.getBytes(UTF_8));
    }

    public static ImportFile of(byte[] bytes) {
        try {
            return of(Files.write(Files.createTempFile("import", null), bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return the file at this path, which is this one's from now on */
    public static ImportFile of(Path path) {
        return new ImportFile(path, null);
    }

    /** @param members names and texts or bytes, one after the other */
    public static ImportFile zip(Object... members) {
        var all = new LinkedHashMap<String, Object>();
        for (int i = 0; i < members.length; i += 2) {
            all.put((String) members[i], members[i + 1]);
        }
        try {
            var path = Files.createTempFile("import", null);
            try (var out = new ZipOutputStream(Files.newOutputStream(path))) {
                for (Map.Entry<String, Object> member : all.entrySet()) {
                    out.putNextEntry(new ZipEntry(member.getKey()));
                    out.write(member.getValue() instanceof byte[] bytes ? bytes : ((String) member.getValue()).getBytes(UTF_8));
                    out.closeEntry();
                }
            }
            return zip(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static ImportFile zip(Path path) throws IOException {
        return new ImportFile(path, new ZipFile(path.toFile()));
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public List<String> members() {
        return zip == null ? List.of() : zip.stream().filter(entry -> !entry.isDirectory()).<String>map(ZipEntry::getName).toList();
    }

    @Override
    public InputStream open(String name) throws IOException {
        return zip.getInputStream(zip.getEntry(name));
    }

    @Override
    public InputStream open() throws IOException {
        return Files.newInputStream(path);
    }

    @Override
    public boolean isZip() {
        return zip != null;
    }

    @Override
    public void close() throws IOException {
        if (zip != null) {
            zip.close();
        }
        Files.deleteIfExists(path);
    }
}
