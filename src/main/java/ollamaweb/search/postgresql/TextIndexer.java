package ollamaweb.search.postgresql;

import java.util.ArrayList;
import java.util.List;
import ollamaweb.db.BackgroundWork;
import ollamaweb.db.StepTime;
import ollamaweb.db.Transaction;
import ollamaweb.json.Texts;
import ollamaweb.search.postgresql.SearchDao.Folded;
import ollamaweb.search.postgresql.SearchDao.Waiting;

/** Folds the texts of messages and puts them where they are found. Several servers may do so at the same time. */
final class TextIndexer implements BackgroundWork.Task {

    /** In characters. */
    private static final int PART = 100_000;
    /** Longer than any query, folded: what lies across the border of two parts is whole in the first. */
    private static final int OVERLAP = 2000;
    private static final int MOST_AT_ONCE = 20;

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
            index(dao, waiting);
        }
        return true;
    }

    /** Many short texts go in together; a long one goes part by part. */
    private static void index(SearchDao dao, List<Waiting> messages) {
        var finished = new ArrayList<Long>();
        var texts = new ArrayList<Folded>();
        for (var message : messages) {
            boolean isWanted = message.userId() != null && !message.streaming();
            if (isWanted) {
                var text = Texts.fold(message.text());
                texts.add(new Folded(message.messageId(), message.part(), message.userId(), message.createdAt(), text,
                        TextGrams.of(text, message.length() > PART)));
            }
            if (isWanted && (message.part() + 1L) * PART < message.length()) {
                dao.advance(message.messageId(), message.part() + 1);
            } else {
                finished.add(message.messageId());
            }
        }
        dao.put(texts);
        dao.finish(finished);
    }
}
