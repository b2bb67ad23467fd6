package ollamaweb.export.account;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import ollamaweb.export.zip.ZipMember;
import ollamaweb.files.FileContent;
import ollamaweb.files.FileDao;
import ollamaweb.files.StoredFile;

/** An image or a text that came with messages. */
final class FileMember implements ZipMember {

    private static final int PART_BYTES = 64 * 1024;

    private final StoredFile file;
    private final Instant modifiedAt;
    private final FileContent content;
    private final byte[] part = new byte[PART_BYTES];

    FileMember(StoredFile file, FileDao files, Instant modifiedAt) {
        this.file = file;
        this.modifiedAt = modifiedAt;
        this.content = new FileContent(files, file);
    }

    @Override
    public String name() {
        return FileNames.of(file);
    }

    @Override
    public Instant modifiedAt() {
        return modifiedAt;
    }

    @Override
    public boolean isCompressible() {
        return !file.isImage();
    }

    @Override
    public boolean writeNext(OutputStream out) throws IOException {
        int length = read();
        if (length > 0) {
            out.write(part, 0, length);
        }
        return length > 0;
    }

    /** One that is deleted while it is read ends there, since the rest of the export is worth having. */
    private int read() {
        try {
            return content.read(part);
        } catch (IOException e) {
            return -1;
        }
    }
}
