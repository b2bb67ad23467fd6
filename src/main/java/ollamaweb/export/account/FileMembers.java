package ollamaweb.export.account;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import ollamaweb.db.Database;
import ollamaweb.export.zip.ZipContents;
import ollamaweb.export.zip.ZipMember;
import ollamaweb.files.FileDao;
import ollamaweb.files.StoredFile;

/** The files that came with messages of an account, each once. */
final class FileMembers implements ZipContents {

    private static final int FILES_AT_ONCE = 1000;

    private final Database database;
    private final long userId;
    private final Instant exportedAt;
    private final Queue<StoredFile> files = new ArrayDeque<>();
    private long last;
    private long count;

    FileMembers(Database database, long userId, Instant exportedAt) {
        this.database = database;
        this.userId = userId;
        this.exportedAt = exportedAt;
    }

    /** @return how many were written */
    long count() {
        return count;
    }

    @Override
    public ZipMember next() {
        if (files.isEmpty()) {
            files.addAll(database.read(tx -> tx.dao(AccountDao.class).files(userId, last, FILES_AT_ONCE)));
        }
        var file = files.poll();
        if (file == null) {
            return null;
        }
        last = file.id();
        count++;
        return new FileMember(file, database.reader(FileDao.class), exportedAt);
    }
}
