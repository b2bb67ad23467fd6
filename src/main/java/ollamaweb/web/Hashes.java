package ollamaweb.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import ollamaweb.crypto.Sha256;

/** SHA-256, as names of files and as policies write it. */
final class Hashes {

    private static final int NAME_DIGITS = 16;

    private Hashes() {}

    /** @return a name that changes with the path or the content of any of the files */
    static String name(Map<String, byte[]> files) {
        var digest = Sha256.newDigest();
        files.forEach((name, bytes) -> {
            digest.update((name + "\n" + bytes.length + "\n").getBytes(UTF_8));
            digest.update(bytes);
        });
        return HexFormat.of().formatHex(digest.digest()).substring(0, NAME_DIGITS);
    }

    /** @return the hash in Base64 */
    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(Sha256.newDigest().digest(bytes));
    }
}
