package ollamaweb.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.HexFormat;
import java.util.function.LongConsumer;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import ollamaweb.crypto.Sha256;
import ollamaweb.db.Secrets;
import ollamaweb.json.Json;

/** A backup that is read; every byte is compared with the sum that was written beside it. To be closed by the caller. */
final class BackupReader implements AutoCloseable {

    private static final int MAX_MANIFEST_BYTES = 64 * 1024;
    private static final int MAX_SECRET_BYTES = 64 * 1024;
    private static final int BUFFER_BYTES = 256 * 1024;

    private final Path file;
    private final ZipFile zip;
    private final Manifest manifest;

    private BackupReader(Path file, ZipFile zip) throws IOException {
        this.file = file;
        this.zip = zip;
        requireAsItWas();
        this.manifest = manifest();
    }

    /** @throws IOException if there is no such file, or it is no backup, or not one that this program can read */
    static BackupReader open(Path file) throws IOException {
        if (Files.notExists(file)) {
            throw new IOException("there is no file " + file);
        }
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile(), UTF_8);
        } catch (ZipException | EOFException e) {
            throw new IOException(file + " is no backup, or only part of one"
                    + (e.getMessage() == null ? "" : ": " + e.getMessage()), e);
        }
        try {
            return new BackupReader(file, zip);
        } catch (IOException | RuntimeException | Error e) {
            zip.close();
            throw e;
        }
    }

    Manifest told() {
        return manifest;
    }

    /** @return how large the data is, as the backup says */
    long databaseBytes() {
        return entry(Manifest.DATABASE).bytes();
    }

    /**
     * Writes the data to a file.
     *
     * @param progress told how many of its {@link #databaseBytes} are there
     * @throws IOException if it is not what was put into the backup
     */
    void extractDatabase(Path target, LongConsumer progress) throws IOException {
        try (var out = Files.newOutputStream(target)) {
            extract(entry(Manifest.DATABASE), out, progress);
        }
        BackupWriter.sync(target);
    }

    /** @throws IOException if they are not what was put into the backup */
    Secrets secrets() throws IOException {
        return new Secrets(text(Manifest.SECRET_KEY), text(Manifest.JWT_SECRET_KEY));
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    private String text(String name) throws IOException {
        var entry = entry(name);
        if (entry.bytes() > MAX_SECRET_BYTES) {
            throw damaged(name + " is too long");
        }
        try (var out = new ByteArrayOutputStream()) {
            extract(entry, out, bytes -> {});
            return out.toString(UTF_8);
        }
    }

    private void extract(Manifest.Entry entry, OutputStream out, LongConsumer progress) throws IOException {
        var digest = Sha256.newDigest();
        try (var in = content(entry.name())) {
            copy(in, new DigestOutputStream(out, digest), entry, progress);
        } catch (ZipException | EOFException e) {
            throw damaged(entry.name() + " cannot be read");
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(entry.sha256())) {
            throw damaged("the sum of " + entry.name() + " is another one");
        }
    }

    /** No more than was said: a small zip may hold very much. */
    private void copy(InputStream in, OutputStream out, Manifest.Entry entry, LongConsumer progress) throws IOException {
        var piece = new byte[BUFFER_BYTES];
        long left = entry.bytes();
        for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
            left -= length;
            if (left < 0) {
                throw damaged(entry.name() + " is longer than it was");
            }
            out.write(piece, 0, length);
            progress.accept(entry.bytes() - left);
        }
        if (left > 0) {
            throw damaged(entry.name() + " is shorter than it was");
        }
    }

    /** The sums of the entries say nothing of what a zip has around them. */
    private void requireAsItWas() throws IOException {
        if (!(zip.getComment() == null ? Seal.isBare(file) : Seal.isWhole(file))) {
            throw damaged("not every byte is as it was written");
        }
    }

    private Manifest manifest() throws IOException {
        try (var in = content(Manifest.NAME)) {
            var bytes = in.readNBytes(MAX_MANIFEST_BYTES);
            if (in.read() >= 0) {
                throw damaged(Manifest.NAME + " is too long");
            }
            var json = Json.MAPPER.readTree(bytes);
            if (json.path("format").asInt() > Manifest.FORMAT) {
                throw new IOException(file + " was made by a newer ollama-web (" + json.path("version").asText() + "): use that version");
            }
            var read = Json.MAPPER.treeToValue(json, Manifest.class);
            if (read == null || !Manifest.NAMES.equals(read.files().stream().map(Manifest.Entry::name).toList())
                    || zip.size() != Manifest.NAMES.size() + 1) {
                throw damaged("it does not hold what a backup holds");
            }
            return read;
        } catch (JsonProcessingException | ZipException | EOFException e) {
            throw damaged(Manifest.NAME + " cannot be read");
        }
    }

    private Manifest.Entry entry(String name) {
        return manifest.files().stream().filter(entry -> entry.name().equals(name)).findFirst().orElseThrow();
    }

    private InputStream content(String name) throws IOException {
        var entry = zip.getEntry(name);
        if (entry == null) {
            throw damaged("it has no " + name);
        }
        return zip.getInputStream(entry);
    }

    private IOException damaged(String what) {
        return new IOException(file + " is no backup that can be used: " + what);
    }
}
