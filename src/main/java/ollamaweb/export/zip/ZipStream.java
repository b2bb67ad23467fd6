package ollamaweb.export.zip;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** A zip as bytes to be read: what comes next is written when what came before has been read. */
public final class ZipStream extends InputStream {

    private static final int PART_BYTES = 16 * 1024;
    /** Of texts that pack very well, one read takes no more than this many steps. */
    private static final int STEPS = 50;

    private final ZipContents contents;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream(4 * PART_BYTES);
    private final ZipWriter zip;
    private ZipMember member;
    private byte[] part = {};
    private int read;
    private boolean hasAll;
    private boolean ended;

    /** To be closed whether it is read to its end or not. */
    public ZipStream(ZipContents contents) throws IOException {
        this.contents = contents;
        this.zip = new ZipWriter(written);
    }

    @Override
    public int read() throws IOException {
        return fill() ? part[read++] & 0xff : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, part.length - read);
        System.arraycopy(part, read, buffer, offset, count);
        read += count;
        return count;
    }

    /** Lets its memory and its temporary file go; may be called more than once. */
    @Override
    public void close() throws IOException {
        zip.close();
    }

    private boolean fill() throws IOException {
        while (read == part.length) {
            if (ended) {
                return false;
            }
            written.reset();
            for (int steps = 0; !ended && written.size() < PART_BYTES && (steps < STEPS || written.size() == 0); steps++) {
                step();
            }
            part = written.toByteArray();
            read = 0;
        }
        return true;
    }

    private void step() throws IOException {
        if (hasAll) {
            ended = !zip.writeDirectory();
        } else if (member == null) {
            member = contents.next();
            if (member == null) {
                hasAll = true;
            } else {
                zip.begin(member.name(), member.modifiedAt(), member.isCompressible());
            }
        } else if (!member.writeNext(zip)) {
            zip.endMember();
            member = null;
        }
    }
}
