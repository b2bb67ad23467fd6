package ollamaweb.files;

import java.io.InputStream;
import java.time.Clock;
import java.util.Optional;
import java.util.function.LongSupplier;
import ollamaweb.db.Database;
import ollamaweb.http.ApiException;
import ollamaweb.json.Texts;

/** Keeps files in the database, in pieces that are written in steps between which others can write. */
public final class FileStore {

    private static final int PIECE_BYTES = 256 * 1024;
    private static final int MAX_NAME = 200;

    private final Database database;
    private final FileDao files;
    private final FileLimits limits;
    private final LongSupplier serverId;
    private final Clock clock;

    /** @param serverId tells the id of this server, which changes when it was taken for gone */
    public FileStore(Database database, FileLimits limits, LongSupplier serverId, Clock clock) {
        this.database = database;
        this.files = database.reader(FileDao.class);
        this.limits = limits;
        this.serverId = serverId;
        this.clock = clock;
    }

    /** @return how large a file may be, in bytes */
    public long maxFileBytes() {
        return limits.maxFileBytes();
    }

    /** @return the file with this id, if it is the user's or a message has it that the user may see */
    public Optional<StoredFile> findVisible(long id, long userId) {
        return files.findVisible(id, userId);
    }

    /** @return its bytes, to be read by one thread */
    public InputStream open(StoredFile file) {
        return new FileContent(files, file);
    }

    /**
     * Keeps an image that came within JSON.
     *
     * @throws ApiException 413, 415 if it is none, or 409 if the account has no room for it
     */
    public StoredFile keepImage(long userId, byte[] bytes) {
        requireImage(bytes);
        return keep(userId, "", bytes);
    }

    /** @throws ApiException 415 if the bytes are not those of an image that models may understand */
    public static void requireImage(byte[] bytes) {
        if (FileType.ofImage(bytes) == null) {
            throw ApiException.unsupportedMediaType("An image must be PNG, JPEG, WebP or GIF");
        }
    }

    /**
     * Keeps a file that is in memory.
     *
     * @param name as its owner calls it; may be empty
     * @throws ApiException 413, 415, 422 or 409 as for an upload
     */
    public StoredFile keep(long userId, String name, byte[] bytes) {
        try (var file = new IncomingFile(limits.maxFileBytes())) {
            file.write(bytes, 0, bytes.length);
            return keep(userId, name, file);
        }
    }

    /** Keeps a file of which all has come; one that the account has already is not written again. */
    StoredFile keep(long userId, String name, IncomingFile file) {
        if (file.size() == 0) {
            throw ApiException.invalid("file", "must not be empty", "value_error");
        }
        var type = file.mediaType();
        var sha256 = file.sha256();
        var known = database.write(userId, tx -> tx.dao(FileDao.class).keepKnown(userId, sha256, clock.instant()));
        if (known.isPresent()) {
            return known.get();
        }
        requireRoom(files.totalBytes(userId), file.size());
        long server = serverId.getAsLong();
        var kept = nameOf(name, type);
        long id = database.step(tx -> tx.dao(FileDao.class).begin(server, kept, type, file.size(), sha256, clock.instant()));
        try {
            writePieces(id, file);
            return show(id, userId, server, new StoredFile(id, kept, type, file.size(), sha256));
        } catch (RuntimeException e) {
            var unused = database.submit(tx -> {
                tx.dao(FileDao.class).abandon(id);
                return null;
            });
            throw e;
        }
    }

    private void writePieces(long id, IncomingFile file) {
        int number = 0;
        for (long from = 0; from < file.size(); from += PIECE_BYTES) {
            var piece = file.read(from, PIECE_BYTES);
            int place = number++;
            database.step(tx -> {
                tx.dao(FileDao.class).addPiece(id, place, piece);
                return null;
            });
        }
    }

    /** The same file may have come twice at the same time. */
    private StoredFile show(long id, long userId, long server, StoredFile file) {
        return database.write(userId, tx -> {
            var dao = tx.dao(FileDao.class);
            var other = dao.keepKnown(userId, file.sha256(), clock.instant());
            if (other.isPresent()) {
                dao.abandon(id);
                return other.get();
            }
            requireRoom(dao.totalBytes(userId), file.size());
            if (!dao.show(id, userId, server)) {
                throw ApiException.busy("The server was away for too long, please try again", 1);
            }
            return file;
        });
    }

    private void requireRoom(long taken, long more) {
        if (taken + more > limits.maxAccountBytes()) {
            throw ApiException.conflict("The files of an account may have " + limits.maxAccountBytes() + " bytes together");
        }
    }

    /** Without folders and control characters, and not endless. */
    private static String nameOf(String given, String type) {
        var plain = Texts.keepable(given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1))
                .replaceAll("[\\p{Cc}\\p{Cf}\\u2028\\u2029]+", " ").strip();
        if (plain.isEmpty()) {
            return type.equals(FileType.TEXT) ? "file.txt" : "image." + type.substring(type.indexOf('/') + 1);
        }
        int length = plain.codePointCount(0, plain.length());
        return length <= MAX_NAME ? plain : plain.substring(plain.offsetByCodePoints(0, length - MAX_NAME));
    }
}
