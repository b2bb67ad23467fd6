package ollamaweb.crypto;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A secret of this server, and the keyed digests (HMAC-SHA256) made with it. */
public final class SecretKey {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 32;

    private final SecretKeySpec key;
    private final ThreadLocal<Mac> mac = ThreadLocal.withInitial(this::newMac);

    private SecretKey(String secret) {
        this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /**
     * @param configured the secret that was set, or null
     * @param file       where one is kept that only the owner can read, made now if it is missing
     */
    public static SecretKey of(String configured, Path file) throws IOException {
        return new SecretKey(text(configured, file));
    }

    /** As {@link #of}, for those who need the secret itself. */
    public static String text(String configured, Path file) throws IOException {
        if (configured != null) {
            return configured;
        }
        try {
            var made = HexFormat.of().formatHex(SecureRandom.getSeed(BYTES));
            Files.writeString(Files.createFile(file, ownerOnly()), made);
            return made;
        } catch (FileAlreadyExistsException e) {
            var kept = Files.readString(file).strip();
            if (kept.length() < BYTES) {
                throw new IOException("the secret in " + file + " is damaged; restore it, or delete it and make new keys");
            }
            return kept;
        }
    }

    /** @return the keyed digest, 64 hex digits; the same text gives the same digest on this server only */
    public String digest(String text) {
        return HexFormat.of().formatHex(mac.get().doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    private Mac newMac() {
        try {
            var made = Mac.getInstance(ALGORITHM);
            made.init(key);
            return made;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        return Path.of("").getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
                : new FileAttribute<?>[0];
    }
}
