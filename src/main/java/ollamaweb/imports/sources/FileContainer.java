package ollamaweb.imports.sources;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A file on the disk. What it is is told by its bytes. Of a zip nothing is ever written under the name of a member, and nothing is
 * read that unpacks to much more than conversations do.
 */
public final class FileContainer implements SourceContainer {

    private static final int MAX_MEMBERS = 1_000_000;
    /** Text is packed to a tenth of its size, repeated text to a fiftieth; what goes beyond was made to do harm. */
    private static final int MAX_RATIO = 200;
    private static final long HARMLESS_BYTES = 64L * 1024 * 1024;
    /** How much more than that ratio all members together may unpack to, each time that they are read counted. */
    private static final long HARMLESS_BYTES_IN_ALL = 4 * HARMLESS_BYTES;
    private static final long MAX_MEMBER_BYTES = 16L * 1024 * 1024 * 1024;
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Path path;
    private final ZipFile zip;
    private final Map<String, ZipEntry> members = new LinkedHashMap<>();
    private final AtomicLong harmless = new AtomicLong(HARMLESS_BYTES_IN_ALL);

    private FileContainer(Path path, ZipFile zip) throws IOException {
        this.path = path;
        this.zip = zip;
        if (zip != null) {
            if (zip.size() > MAX_MEMBERS) {
                throw new UnreadableException("The zip has more than " + MAX_MEMBERS + " members.");
            }
            if (zip.stream().mapToLong(member -> Math.max(member.getCompressedSize(), 0)).sum() > Files.size(path)) {
                throw new UnreadableException("The zip is not whole: its members lie on each other.");
            }
            zip.stream().filter(member -> !member.isDirectory()).forEach(member -> members.putIfAbsent(member.getName(), member));
        }
    }

    /**
     * @return to be closed
     * @throws UnreadableException if it is a zip that is not whole
     */
    public static FileContainer open(Path path) throws IOException {
        if (!beginsAsZip(path)) {
            return new FileContainer(path, null);
        }
        ZipFile zip = null;
        try {
            zip = new ZipFile(path.toFile(), StandardCharsets.UTF_8);
            return new FileContainer(path, zip);
        } catch (ZipException | IllegalArgumentException e) {
            close(zip);
            throw new UnreadableException("The zip is not whole: " + e.getMessage() + ".");
        } catch (IOException | RuntimeException e) {
            close(zip);
            throw e;
        }
    }

    private static void close(ZipFile zip) throws IOException {
        if (zip != null) {
            zip.close();
        }
    }

    private static boolean beginsAsZip(Path path) throws IOException {
        try (var in = Files.newInputStream(path)) {
            var first = in.readNBytes(4);
            return first.length == 4 && first[0] == 'P' && first[1] == 'K' && first[2] <= 8 && first[3] <= 8;
        }
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public boolean isZip() {
        return zip != null;
    }

    @Override
    public List<String> members() {
        return new ArrayList<>(members.keySet());
    }

    @Override
    public InputStream open(String name) throws IOException {
        var member = members.get(name);
        if (member == null) {
            throw new UnreadableException("The zip has no member of this name.");
        }
        try {
            long usual = Math.max(member.getCompressedSize(), 0) * MAX_RATIO;
            return new BufferedInputStream(new Bounded(zip.getInputStream(member), usual, harmless, member.getCrc()), BUFFER_BYTES);
        } catch (ZipException e) {
            throw new UnreadableException("A member of the zip cannot be unpacked: " + e.getMessage() + ".");
        }
    }

    @Override
    public InputStream open() throws IOException {
        return new BufferedInputStream(Files.newInputStream(path), BUFFER_BYTES);
    }

    @Override
    public void close() throws IOException {
        close(zip);
    }

    /** Ends with a failure where there is more than there may be, or something else than was packed. */
    private static final class Bounded extends FilterInputStream {

        private final AtomicLong harmless;
        private final CRC32 sum = new CRC32();
        private final long expected;
        private long usual;
        private long left;

        /**
         * @param usual    how much it unpacks to at most, unless it was made to do harm
         * @param harmless how much more than that may come of all members
         * @param expected the checksum of all of it
         */
        Bounded(InputStream in, long usual, AtomicLong harmless, long expected) {
            super(in);
            this.expected = expected;
            this.usual = usual;
            this.harmless = harmless;
            this.left = Math.min(MAX_MEMBER_BYTES, Math.max(HARMLESS_BYTES, usual));
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read;
            try {
                read = in.read(bytes, offset, length);
            } catch (ZipException e) {
                throw new UnreadableException("A member of the zip is damaged: " + e.getMessage() + ".");
            }
            if (read < 0 && length > 0 && sum.getValue() != expected) {
                throw new UnreadableException("A member of the zip is damaged: its checksum is not right.");
            }
            sum.update(bytes, offset, Math.max(read, 0));
            left -= Math.max(read, 0);
            usual -= Math.max(read, 0);
            boolean isTooMuchInAll = usual < 0 && harmless.addAndGet(-Math.min(Math.max(read, 0), -usual)) < 0;
            if (left < 0 || isTooMuchInAll) {
                throw new UnreadableException("A member of the zip unpacks to far more than conversations do.");
            }
            return read;
        }

        @Override
        public long skip(long count) throws IOException {
            return Math.max(0, read(new byte[(int) Math.min(count, BUFFER_BYTES)], 0, (int) Math.min(count, BUFFER_BYTES)));
        }
    }
}
