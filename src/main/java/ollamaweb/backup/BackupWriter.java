package ollamaweb.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import ollamaweb.crypto.Sha256;
import ollamaweb.db.Secrets;
import ollamaweb.json.Json;

/** Puts a copy of the data and the secrets into one file: a zip with the sum of each part in it, and of the whole at its end. */
final class BackupWriter {

    private static final int BUFFER_BYTES = 256 * 1024;

    private BackupWriter() {}

    /**
     * Writes it to the disk itself before it returns.
     *
     * @param file     that does not exist or is empty; what is in it if this fails is no backup
     * @param progress told how many bytes of the database are in it
     */
    static void write(Path file, Path database, Secrets secrets, Instant madeAt, String version, String source, String schema,
            LongConsumer progress) throws IOException {
        var whole = Sha256.newDigest();
        try (var out = new DigestOutputStream(Files.newOutputStream(file), whole);
                var zip = new ZipOutputStream(new BufferedOutputStream(out, BUFFER_BYTES), UTF_8)) {
            zip.setLevel(Deflater.BEST_SPEED);
            zip.setComment(Seal.EMPTY);
            var entries = new ArrayList<Manifest.Entry>();
            try (var in = Files.newInputStream(database)) {
                entries.add(add(zip, Manifest.DATABASE, in, progress));
            }
            entries.add(add(zip, Manifest.SECRET_KEY, bytes(secrets.secretKey()), bytes -> {}));
            entries.add(add(zip, Manifest.JWT_SECRET_KEY, bytes(secrets.jwtSecretKey()), bytes -> {}));
            var manifest = new Manifest(Manifest.FORMAT, version, madeAt, source, schema, List.copyOf(entries));
            zip.putNextEntry(new ZipEntry(Manifest.NAME));
            zip.write(Json.write(manifest).getBytes(UTF_8));
            zip.closeEntry();
        }
        Seal.put(file, whole);
        sync(file);
    }

    /** What a computer forgets that loses its power now was not written. */
    static void sync(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static Manifest.Entry add(ZipOutputStream zip, String name, InputStream content, LongConsumer progress) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        var digest = Sha256.newDigest();
        var out = new DigestOutputStream(zip, digest);
        var piece = new byte[BUFFER_BYTES];
        long bytes = 0;
        for (int length = content.read(piece); length >= 0; length = content.read(piece)) {
            out.write(piece, 0, length);
            bytes += length;
            progress.accept(bytes);
        }
        zip.closeEntry();
        return new Manifest.Entry(name, bytes, HexFormat.of().formatHex(digest.digest()));
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }
}
