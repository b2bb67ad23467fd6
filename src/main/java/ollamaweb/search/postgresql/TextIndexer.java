package ollamaweb.search.postgresql;

import ollamaweb.db.BackgroundWork;
import ollamaweb.db.StepTime;
import ollamaweb.db.Transaction;
import ollamaweb.json.Texts;
import ollamaweb.search.postgresql.SearchDao.Waiting;

/** Folds the texts of messages and puts them where they are found. Several servers may do so at the same time. */
final class TextIndexer implements BackgroundWork.Task {

    /** In characters. */
    private static final int PART = 100_000;
    /** Longer than any query, folded: what lies across the border of two parts is whole in the first. */
    private static final int OVERLAP = 2000;
    private static final int MOST_AT_ONCE = 8;

    @Override
    public boolean isDue(Transaction reading) {
        return reading.dao(SearchDao.class).anythingWaits();
    }

    @Override
    public boolean step(Transaction writing) {
        var dao = writing.dao(SearchDao.class);
        var time = new StepTime();
        while (time.isLeft()) {
            var waiting = dao.take(MOST_AT_ONCE, PART, OVERLAP);
            if (waiting.isEmpty()) {
                return false;
            }
            waiting.forEach(message -> index(dao, message));
        }
        return true;
    }

    private static void index(SearchDao dao, Waiting message) {
        if (message.userId() == null || message.streaming()) {
            dao.finish(message.messageId());
            return;
        }
        dao.put(message.messageId(), message.part(), message.userId(), message.createdAt(), Texts.fold(message.text()));
        if ((message.part() + 1L) * PART >= message.length()) {
            dao.finish(message.messageId());
        } else {
            dao.advance(message.messageId(), message.part() + 1);
        }
    }
}
