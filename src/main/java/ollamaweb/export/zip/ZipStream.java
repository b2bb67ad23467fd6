package ollamaweb.export.zip;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import ollamaweb.http.PartStream;

/** A zip as bytes to be read: what comes next is written when what came before has been read. */
public final class ZipStream extends PartStream {

    private static final int PART_BYTES = 16 * 1024;
    /** Of texts that pack very well, one read takes no more than this many steps. */
    private static final int STEPS = 50;

    private final ZipContents contents;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream(4 * PART_BYTES);
    private final ZipWriter zip;
    private ZipMember member;
    private boolean hasAll;
    private boolean ended;

    /** To be closed whether it is read to its end or not. */
    public ZipStream(ZipContents contents) throws IOException {
        this.contents = contents;
        this.zip = new ZipWriter(written);
    }

    /** Lets its memory and its temporary file go; may be called more than once. */
    @Override
    public void close() throws IOException {
        zip.close();
    }

    @Override
    protected byte[] next() throws IOException {
        if (ended) {
            return null;
        }
        written.reset();
        for (int steps = 0; !ended && written.size() < PART_BYTES && (steps < STEPS || written.size() == 0); steps++) {
            step();
        }
        return written.toByteArray();
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
