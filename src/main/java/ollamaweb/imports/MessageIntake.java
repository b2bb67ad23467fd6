package ollamaweb.imports;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import ollamaweb.db.Transaction;
import ollamaweb.files.FileDao;
import ollamaweb.files.FileStore;
import ollamaweb.files.StoredFile;
import ollamaweb.http.ApiException;
import ollamaweb.imports.sources.SourceFile;
import ollamaweb.imports.sources.UnreadableException;
import ollamaweb.messages.FavoriteDao;
import ollamaweb.messages.MessageDao;

/** Writes messages with their files, a few at a time. */
final class MessageIntake {

    private static final int CHARACTERS_A_STEP = 250_000;
    private static final int MESSAGES_A_STEP = 100;

    private final FileStore files;
    private final Clock clock;

    MessageIntake(FileStore files, Clock clock) {
        this.files = files;
        this.clock = clock;
    }

    /** Where a message goes. */
    record Place(long conversationId, long userId, Long parentId) {}

    /** @return the first message after {@code from} that is too much for one step; there is always one in it */
    static int endOfStep(List<CheckedMessage> messages, int from) {
        int to = from;
        for (long characters = 0; to < messages.size() && to - from < MESSAGES_A_STEP; to++) {
            characters += messages.get(to).content().length();
            if (characters > CHARACTERS_A_STEP && to > from) {
                break;
            }
        }
        return to;
    }

    /**
     * Keeps the files of a message, which are attached when it is written; those that no message gets are deleted a day later.
     *
     * @param notes get a sentence for each that cannot be kept
     * @return their ids
     * @throws ApiException 401 if the account was deleted meanwhile, 503 if the server cannot write now
     */
    List<Long> keepFiles(long userId, List<SourceFile> given, List<String> notes) {
        var ids = new ArrayList<Long>();
        for (var file : given) {
            try {
                long id = files.keep(userId, file.name() == null ? "" : file.name(), bytes(file)).id();
                if (!ids.contains(id)) {
                    ids.add(id);
                }
            } catch (ApiException | IOException e) {
                if (e instanceof ApiException refusal && ConversationIntake.isOfTheServer(refusal)) {
                    throw refusal;
                }
                notes.add("The file " + nameOf(file) + " was left out: " + reason(e));
            }
        }
        return ids;
    }

    private byte[] bytes(SourceFile file) throws IOException {
        try (var in = file.content().open()) {
            var bytes = in.readNBytes((int) Math.min(files.maxFileBytes() + 1, Integer.MAX_VALUE - 8));
            if (bytes.length > files.maxFileBytes()) {
                throw ApiException.fileTooLarge(files.maxFileBytes());
            }
            return bytes;
        }
    }

    private static String nameOf(SourceFile file) {
        var name = file.name() == null ? "" : file.name().replaceAll("\\p{Cc}+", " ").strip();
        return name.isEmpty() ? "without a name" : '"' + (name.length() > 100 ? name.substring(name.length() - 100) : name) + '"';
    }

    private static String reason(Exception e) {
        return e instanceof IOException broken ? UnreadableException.sentence(broken) : e.getMessage() + ".";
    }

    /** @return the id of the message */
    long write(Transaction tx, CheckedMessage message, List<Long> fileIds, Place place) {
        long id = tx.dao(MessageDao.class).insert(message.in(place.conversationId(), place.parentId()));
        attach(tx, id, place.userId(), fileIds);
        if (message.favorite()) {
            tx.dao(FavoriteDao.class).insert(place.userId(), id);
        }
        tx.dao(OriginDao.class).addMessage(place.conversationId(), message.key(), id, message.hash());
        return id;
    }

    /** Gives a message files behind those that it has; none twice. */
    void attach(Transaction tx, long messageId, long userId, List<Long> fileIds) {
        var dao = tx.dao(FileDao.class);
        var present = dao.listOfMessage(messageId).stream().map(StoredFile::id).toList();
        int place = present.size();
        for (long fileId : fileIds) {
            if (!present.contains(fileId) && dao.keep(fileId, userId, clock.instant())) {
                dao.attach(messageId, place++, fileId);
            }
        }
    }
}
