package ollamaweb.chat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.files.FileDao;
import ollamaweb.files.FileRoutes;
import ollamaweb.files.FileStore;
import ollamaweb.files.StoredFile;
import ollamaweb.http.ApiException;
import ollamaweb.providers.Attachment;

/** The files that come with questions: looked up and kept before, read while they are sent. */
final class Attachments {

    private final FileDao files;
    private final FileStore store;
    private final Abilities abilities;

    Attachments(Database database, FileStore store, Abilities abilities) {
        this.files = database.reader(FileDao.class);
        this.store = store;
        this.abilities = abilities;
    }

    /**
     * The files of one question.
     *
     * @param ids        in their order
     * @param withImages whether the model gets to see the images of the conversation
     */
    record Given(List<Long> ids, boolean withImages) {

        /** Puts the files beside the question, which they belong to from now on. */
        void attach(Transaction tx, long messageId, long userId, Instant now) {
            var dao = tx.dao(FileDao.class);
            for (int place = 0; place < ids.size(); place++) {
                if (!dao.keep(ids.get(place), userId, now) && dao.findVisible(ids.get(place), userId).isEmpty()) {
                    throw FileRoutes.notFound();
                }
                dao.attach(messageId, place, ids.get(place));
            }
        }

        /** @throws ApiException 422 if the message has an image that the model would not see */
        void requireSeen(Transaction tx, long messageId, String modelName) {
            if (!withImages && tx.dao(FileDao.class).listOfMessage(messageId).stream().anyMatch(StoredFile::isImage)) {
                throw Abilities.lacking("model_name", modelName, Abilities.LACKS_VISION);
            }
        }
    }

    /**
     * Keeps the images of a draft once it is known that its model sees them.
     *
     * @param messages how many messages the model gets to read at most
     * @throws ApiException 404, 409, 413, 415 or 422
     */
    Given of(long userId, ChatDraft draft, int messages) {
        boolean images = !draft.images().isEmpty();
        boolean imageFiles = false;
        for (long id : draft.files()) {
            imageFiles |= store.findVisible(id, userId).orElseThrow(FileRoutes::notFound).isImage();
        }
        draft.images().forEach(image -> FileStore.requireImage(image.bytes()));
        if (images || imageFiles) {
            abilities.requireVision(userId, draft, images ? "images" : "files");
        }
        var ids = new ArrayList<>(draft.files());
        draft.images().forEach(image -> ids.add(store.keepImage(userId, image.bytes()).id()));
        boolean withImages = images || imageFiles || !hasImages(userId, draft, messages) || abilities.hasVision(userId, draft);
        return new Given(ids.stream().distinct().toList(), withImages);
    }

    /**
     * Keeps the images of an exchange.
     *
     * @return those of each message that is added
     * @throws ApiException 409, 413 or 415
     */
    List<Given> of(long userId, Exchange exchange) {
        var added = exchange.added();
        added.forEach(said -> said.images().forEach(FileStore::requireImage));
        return added.stream().map(said -> new Given(
                said.images().stream().map(image -> store.keepImage(userId, image).id()).distinct().toList(), true)).toList();
    }

    private boolean hasImages(long userId, ChatDraft draft, int messages) {
        if (draft.conversationId() == null) {
            return false;
        }
        var end = draft.messageId() == null && draft.parentId() != null ? draft.parentId().orElse(null) : draft.messageId();
        boolean isBeginning = draft.parentId() != null && draft.parentId().isEmpty();
        return !isBeginning && files.hasImages(draft.conversationId(), userId, end, 2 * messages + 2);
    }

    /** @return what a model is sent of a message's files */
    List<Attachment> toSend(Transaction tx, long messageId, boolean withImages) {
        return tx.dao(FileDao.class).listOfMessage(messageId).stream()
                .filter(file -> withImages || !file.isImage())
                .map(file -> new Attachment(file.name(), file.isImage(), () -> store.open(file)))
                .toList();
    }
}
