package ollamaweb.backup;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import ollamaweb.crypto.Sha256;

/**
 * The sum of all bytes of a backup, in its last ones: they are the comment of the zip, over which whatever else reads zips passes.
 * It is the sum of the file with zeros in its own place.
 */
final class Seal {

    /** What is in its place until it is known. */
    static final String EMPTY = "0".repeat(64);

    private static final byte[] FIRST_BYTES = {'P', 'K', 3, 4};
    private static final byte[] END_WITHOUT_COMMENT = {'P', 'K', 5, 6};
    private static final int END_BYTES = 22;
    private static final int BUFFER_BYTES = 256 * 1024;

    private Seal() {}

    /** @param written the digest of all bytes of the file, which end with {@link #EMPTY} */
    static void put(Path file, MessageDigest written) throws IOException {
        try (var end = new RandomAccessFile(file.toFile(), "rw")) {
            end.seek(end.length() - EMPTY.length());
            end.write(HexFormat.of().formatHex(written.digest()).getBytes(US_ASCII));
        }
    }

    /** @return whether every byte is as it was written */
    static boolean isWhole(Path file) throws IOException {
        var digest = Sha256.newDigest();
        try (var in = Files.newInputStream(file)) {
            var piece = new byte[BUFFER_BYTES];
            for (long left = Files.size(file) - EMPTY.length(); left > 0;) {
                int length = in.read(piece, 0, (int) Math.min(piece.length, left));
                if (length < 0) {
                    throw new EOFException(file + " became shorter while it was read");
                }
                digest.update(piece, 0, length);
                left -= length;
            }
            digest.update(EMPTY.getBytes(US_ASCII));
            return Arrays.equals(in.readNBytes(EMPTY.length()), HexFormat.of().formatHex(digest.digest()).getBytes(US_ASCII));
        }
    }

    /** @return whether a backup from before there were seals begins and ends where its zip does */
    static boolean isBare(Path file) throws IOException {
        try (var zip = new RandomAccessFile(file.toFile(), "r")) {
            var begin = new byte[FIRST_BYTES.length];
            zip.readFully(begin);
            var end = new byte[END_BYTES];
            zip.seek(Math.max(0, zip.length() - END_BYTES));
            zip.readFully(end);
            return Arrays.equals(begin, FIRST_BYTES)
                    && Arrays.equals(Arrays.copyOf(end, END_WITHOUT_COMMENT.length), END_WITHOUT_COMMENT)
                    && end[END_BYTES - 2] == 0 && end[END_BYTES - 1] == 0;
        }
    }
}
