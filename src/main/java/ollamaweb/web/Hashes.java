package ollamaweb.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/** SHA-256, as names of files and as policies write it. */
final class Hashes {

    private static final int NAME_DIGITS = 16;

    private Hashes() {}

    /** @return a name that changes with the path or the content of any of the files */
    static String name(Map<String, byte[]> files) {
        var digest = sha256();
        files.forEach((name, bytes) -> {
            digest.update((name + "\n" + bytes.length + "\n").getBytes(UTF_8));
            digest.update(bytes);
        });
        return HexFormat.of().formatHex(digest.digest()).substring(0, NAME_DIGITS);
    }

    /** @return the hash in Base64 */
    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(sha256().digest(bytes));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
