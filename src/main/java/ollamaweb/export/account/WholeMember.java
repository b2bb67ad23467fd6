package ollamaweb.export.account;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.function.Supplier;
import ollamaweb.export.zip.ZipMember;

/** A small file of an export, made when its turn comes. */
record WholeMember(String name, Instant modifiedAt, Supplier<byte[]> content) implements ZipMember {

    @Override
    public boolean isCompressible() {
        return true;
    }

    @Override
    public boolean writeNext(OutputStream out) throws IOException {
        out.write(content.get());
        return false;
    }
}
