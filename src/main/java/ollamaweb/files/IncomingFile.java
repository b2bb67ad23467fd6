package ollamaweb.files;

import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import ollamaweb.crypto.Sha256;
import ollamaweb.http.ApiException;

/**
 * A file on its way in. Its type and its hash are known at its end only, so it waits in a temporary file, which is gone when
 * this is closed; the database is not kept waiting for a client that sends slowly.
 */
final class IncomingFile extends OutputStream {

    private final long limit;
    private final FileChannel file;
    private final MessageDigest digest = Sha256.newDigest();
    private final TextCheck text = new TextCheck();
    private final byte[] first = new byte[FileType.BYTES];
    private long size;

    /** @param limit in bytes */
    IncomingFile(long limit) {
        this.limit = limit;
        try {
            this.file = FileChannel.open(Files.createTempFile("ollama-web-file", null), READ, WRITE, DELETE_ON_CLOSE);
        } catch (IOException e) {
            throw notKept(e);
        }
    }

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    /** @throws ApiException 413 once it is too large */
    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (size + length > limit) {
            throw ApiException.fileTooLarge(limit);
        }
        if (size < first.length) {
            System.arraycopy(bytes, offset, first, (int) size, (int) Math.min(length, first.length - size));
        }
        digest.update(bytes, offset, length);
        text.add(bytes, offset, length);
        size += length;
        try {
            var left = ByteBuffer.wrap(bytes, offset, length);
            while (left.hasRemaining()) {
                file.write(left);
            }
        } catch (IOException e) {
            throw notKept(e);
        }
    }

    long size() {
        return size;
    }

    /** @return its hash, once, when all of it is there */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * @return its media type, when all of it is there
     * @throws ApiException 415 if it is neither an image that models may understand nor text in UTF-8
     */
    String mediaType() {
        var image = FileType.ofImage(Arrays.copyOf(first, (int) Math.min(size, first.length)));
        if (image == null && !text.end()) {
            throw ApiException.unsupportedMediaType("A file must be an image (PNG, JPEG, WebP, GIF) or text in UTF-8");
        }
        return image == null ? FileType.TEXT : image;
    }

    /** @return some of its bytes, fewer at its end */
    byte[] read(long from, int length) {
        var piece = ByteBuffer.allocate((int) Math.min(length, size - from));
        try {
            while (piece.hasRemaining() && file.read(piece, from + piece.position()) >= 0) {
                // A read may give less than there is.
            }
        } catch (IOException e) {
            throw notKept(e);
        }
        return piece.array();
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw notKept(e);
        }
    }

    private static IllegalStateException notKept(IOException e) {
        return new IllegalStateException("A file could not be kept in a temporary file", e);
    }
}
