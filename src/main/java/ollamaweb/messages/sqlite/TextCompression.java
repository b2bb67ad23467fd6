package ollamaweb.messages.sqlite;

import java.util.ArrayDeque;
import java.util.Deque;
import ollamaweb.db.BackgroundWork;
import ollamaweb.db.CompressedText;
import ollamaweb.db.StepTime;
import ollamaweb.db.Transaction;

/**
 * Compresses long texts once nobody adds to them any more: those just written, and those that older versions left. They are
 * compressed while they are read, so that the one who writes is not kept by it.
 */
public final class TextCompression implements BackgroundWork.Task {

    /** Texts of some messages are written together, as long as they are not much longer than this. */
    private static final int BATCH_BYTES = 256 * 1024;
    private static final int BATCH_MESSAGES = 50;

    /** A message's texts as they are, and compressed; null are those that stay as they are. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Work(long id, byte[] content, byte[] compressedContent, byte[] thinking, byte[] compressedThinking) {

        static Work of(CompressionDao.Texts texts) {
            return new Work(texts.id(), texts.content(), compressed(texts.content()), texts.thinking(), compressed(texts.thinking()));
        }

        private static byte[] compressed(byte[] text) {
            return text == null ? null : CompressedText.of(text);
        }
    }

    private final Deque<Work> next = new ArrayDeque<>();

    @Override
    public boolean isDue(Transaction reading) {
        if (!next.isEmpty()) {
            return true;
        }
        try (var due = reading.dao(CompressionDao.class).listDue(BATCH_MESSAGES).iterator()) {
            for (long bytes = 0; bytes < BATCH_BYTES && due.hasNext();) {
                var texts = due.next();
                next.add(Work.of(texts));
                bytes += texts.bytes();
            }
        }
        return !next.isEmpty();
    }

    /** What has been changed or deleted since it was read stays as it is. */
    @Override
    public boolean step(Transaction writing) {
        var dao = writing.dao(CompressionDao.class);
        var time = new StepTime();
        while (!next.isEmpty() && time.isLeft()) {
            var work = next.remove();
            if (work.content() != null) {
                dao.compressContent(work.id(), work.content(), work.compressedContent());
            }
            if (work.thinking() != null) {
                dao.compressThinking(work.id(), work.thinking(), work.compressedThinking());
            }
        }
        return true;
    }
}
