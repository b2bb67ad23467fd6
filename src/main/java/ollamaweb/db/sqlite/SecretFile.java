package ollamaweb.db.sqlite;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;

/** A secret kept in a file beside the database that only its owner can read. */
final class SecretFile {

    private static final int BYTES = 32;

    private SecretFile() {}

    /** Keeps a secret in a file, in place of the one that may be there; at every moment there is one or the other. */
    static void replace(Path file, String secret) throws IOException {
        var written = Files.createTempFile(file.toAbsolutePath().getParent(), file.getFileName().toString(), null);
        try {
            Files.writeString(written, secret);
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    /**
     * @return the secret in the file, made now if the file is missing
     * @throws IOException if it cannot be read or made, or is damaged
     */
    static String read(Path file) throws IOException {
        try {
            var made = HexFormat.of().formatHex(SecureRandom.getSeed(BYTES));
            OwnerOnly.createNew(file);
            Files.writeString(file, made);
            return made;
        } catch (FileAlreadyExistsException e) {
            var kept = Files.readString(file).strip();
            if (kept.length() < BYTES) {
                throw new IOException("the secret in " + file + " is damaged; restore it, or delete it and make new keys");
            }
            return kept;
        }
    }
}
