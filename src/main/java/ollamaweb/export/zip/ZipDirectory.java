package ollamaweb.export.zip;

import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;

/** The list of files that a zip ends with. It waits in a temporary file, which is gone when this is closed. */
final class ZipDirectory implements AutoCloseable {

    private static final int HEADER = 0x02014b50;
    private static final int END = 0x06054b50;
    private static final int END_64 = 0x06064b50;
    private static final int END_64_LOCATOR = 0x07064b50;
    private static final int END_64_REST = 44;
    private static final int ZIP64_FIELD = 1;
    private static final int VERSION = 20;
    private static final int VERSION_64 = 45;
    private static final long MAX_32_BITS = 0xffffffffL;
    private static final int MAX_16_BITS = 0xffff;
    private static final int PART_BYTES = 16 * 1024;

    private final FileChannel file = FileChannel.open(Files.createTempFile("ollama-web-export", null), READ, WRITE, DELETE_ON_CLOSE);
    private final OutputStream rows = new BufferedOutputStream(Channels.newOutputStream(file), PART_BYTES);
    private final ByteBuffer part = ByteBuffer.allocate(PART_BYTES);
    private long count;
    private long size;
    private long written;

    /**
     * A file of the zip.
     *
     * @param offset where its header is, in bytes from the beginning
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Row(byte[] name, int flags, int method, long modifiedAt, long checksum, long packedSize, long size, long offset) {}

    ZipDirectory() throws IOException {}

    void add(Row row) throws IOException {
        var large = new LittleEndian();
        for (long value : new long[] {row.size(), row.packedSize(), row.offset()}) {
            if (value >= MAX_32_BITS) {
                large.eight(value);
            }
        }
        var zip64 = large.toBytes();
        var extra = zip64.length == 0 ? zip64 : new LittleEndian().two(ZIP64_FIELD).two(zip64.length).bytes(zip64).toBytes();
        int version = zip64.length == 0 ? VERSION : VERSION_64;
        var header = new LittleEndian().four(HEADER).two(version).two(version).two(row.flags()).two(row.method()).four(row.modifiedAt())
                .four(row.checksum()).four(Math.min(row.packedSize(), MAX_32_BITS)).four(Math.min(row.size(), MAX_32_BITS))
                .two(row.name().length).two(extra.length).two(0).two(0).two(0).four(0).four(Math.min(row.offset(), MAX_32_BITS))
                .bytes(row.name()).bytes(extra).toBytes();
        rows.write(header);
        count++;
        size += header.length;
    }

    /**
     * Writes the next part of it, once all rows are there.
     *
     * @param offset where it begins in the zip
     * @return whether there is more to write
     */
    boolean writeNext(OutputStream out, long offset) throws IOException {
        rows.flush();
        if (written == size) {
            out.write(end(offset));
            return false;
        }
        part.clear();
        int length = file.read(part, written);
        if (length <= 0) {
            throw new IOException("The list of the files in a zip was cut off");
        }
        out.write(part.array(), 0, length);
        written += length;
        return true;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private byte[] end(long offset) {
        var end = new LittleEndian();
        if (count >= MAX_16_BITS || size >= MAX_32_BITS || offset >= MAX_32_BITS) {
            end.four(END_64).eight(END_64_REST).two(VERSION_64).two(VERSION_64).four(0).four(0).eight(count).eight(count).eight(size)
                    .eight(offset);
            end.four(END_64_LOCATOR).four(0).eight(offset + size).four(1);
        }
        int shown = (int) Math.min(count, MAX_16_BITS);
        return end.four(END).two(0).two(0).two(shown).two(shown).four(Math.min(size, MAX_32_BITS)).four(Math.min(offset, MAX_32_BITS))
                .two(0).toBytes();
    }
}
