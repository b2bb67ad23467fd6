package ollamaweb.export.zip;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes a zip whose files are of any number and size, in Zip64 where it has to be. The JDK's own has all names in memory until
 * the end; here the directory waits in a temporary file. What is written to it is the content of the file that was begun.
 */
final class ZipWriter extends OutputStream {

    private static final int LOCAL_HEADER = 0x04034b50;
    private static final int DESCRIPTOR = 0x08074b50;
    /** The sizes follow the content, and the name is in UTF-8. */
    private static final int FLAGS = 1 << 3 | 1 << 11;
    private static final int DEFLATED = 8;
    private static final int VERSION = 20;
    private static final long MAX_32_BITS = 0xffffffffL;
    private static final int FIRST_YEAR = 1980;
    private static final int LAST_YEAR = 2107;

    private final OutputStream out;
    private final ZipDirectory directory = new ZipDirectory();
    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    private final CRC32 checksum = new CRC32();
    private final byte[] packed = new byte[8 * 1024];
    private byte[] name;
    private long modifiedAt;
    private long offset;
    private long begunAt;
    private long size;
    private long packedSize;

    ZipWriter(OutputStream out) throws IOException {
        this.out = out;
    }

    /** Begins a file, after the one before it has ended. */
    void begin(String path, Instant modified, boolean compressible) throws IOException {
        name = path.getBytes(UTF_8);
        modifiedAt = dosTime(modified);
        begunAt = offset;
        size = 0;
        packedSize = 0;
        checksum.reset();
        deflater.reset();
        deflater.setLevel(compressible ? Deflater.DEFAULT_COMPRESSION : Deflater.NO_COMPRESSION);
        put(new LittleEndian().four(LOCAL_HEADER).two(VERSION).two(FLAGS).two(DEFLATED).four(modifiedAt)
                .four(0).four(0).four(0).two(name.length).two(0).bytes(name).toBytes());
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        checksum.update(bytes, from, length);
        size += length;
        deflater.setInput(bytes, from, length);
        while (!deflater.needsInput()) {
            pack();
        }
    }

    /** Ends the file that was begun. */
    void endMember() throws IOException {
        deflater.finish();
        while (!deflater.finished()) {
            pack();
        }
        var descriptor = new LittleEndian().four(DESCRIPTOR).four(checksum.getValue());
        if (size > MAX_32_BITS || packedSize > MAX_32_BITS) {
            descriptor.eight(packedSize).eight(size);
        } else {
            descriptor.four(packedSize).four(size);
        }
        put(descriptor.toBytes());
        directory.add(new ZipDirectory.Row(name, FLAGS, DEFLATED, modifiedAt, checksum.getValue(), packedSize, size, begunAt));
    }

    /**
     * Writes the next part of what ends the zip, after all files.
     *
     * @return whether there is more to write
     */
    boolean writeDirectory() throws IOException {
        return directory.writeNext(out, offset);
    }

    /** Lets its memory and its temporary file go. */
    @Override
    public void close() throws IOException {
        deflater.end();
        directory.close();
    }

    private void pack() throws IOException {
        int length = deflater.deflate(packed);
        packedSize += length;
        offset += length;
        out.write(packed, 0, length);
    }

    private void put(byte[] header) throws IOException {
        offset += header.length;
        out.write(header);
    }

    /** In UTC: a zip says nothing of zones, and a server's own is none of its users' business. */
    private static long dosTime(Instant moment) {
        var time = LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
        if (time.getYear() < FIRST_YEAR || time.getYear() > LAST_YEAR) {
            time = LocalDateTime.of(time.getYear() < FIRST_YEAR ? FIRST_YEAR : LAST_YEAR, 1, 1, 0, 0);
        }
        return (long) (time.getYear() - FIRST_YEAR) << 25 | (long) time.getMonthValue() << 21 | (long) time.getDayOfMonth() << 16
                | (long) time.getHour() << 11 | (long) time.getMinute() << 5 | time.getSecond() >> 1;
    }
}
