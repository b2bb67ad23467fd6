package ollamaweb.export.account;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Map;
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
    private final Map<String, StoredFile> ofOthers;
    private final Instant exportedAt;
    private final Queue<StoredFile> files = new ArrayDeque<>();
    private long last;
    private long count;

    /** @param ofOthers what others have sent in conversations of the account, by hash; complete when the first file is asked for */
    FileMembers(Database database, long userId, Map<String, StoredFile> ofOthers, Instant exportedAt) {
        this.ofOthers = ofOthers;
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
        for (var file = nextFile(); file != null; file = nextFile()) {
            long id = file.id();
            if (database.read(tx -> tx.dao(AccountDao.class).hasFile(id))) { // or else it was deleted meanwhile
                count++;
                return new FileMember(file, database.reader(FileDao.class), exportedAt);
            }
        }
        return null;
    }

    private StoredFile nextFile() {
        if (files.isEmpty()) {
            files.addAll(database.read(tx -> tx.dao(AccountDao.class).files(userId, last, FILES_AT_ONCE)));
            for (var file : files) {
                last = file.id();
                ofOthers.remove(file.sha256());
            }
        }
        if (files.isEmpty()) {
            files.addAll(ofOthers.values());
            ofOthers.clear();
        }
        return files.poll();
    }
}
