package ollamaweb.search.sqlite;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.ToLongFunction;
import ollamaweb.db.BackgroundWork;
import ollamaweb.db.StepTime;
import ollamaweb.db.Transaction;

/**
 * Keeps the search index, piece by piece: texts of any length take the writer no more than a few milliseconds at a time.
 * A message is found once all of it is in the index, which is a moment after it was written.
 */
public final class SearchIndexer implements BackgroundWork.Task {

    /** Each step leaves parts of the index behind; those of a few are merged together. */
    private static final int STEPS_BETWEEN_MERGES = 8;
    private static final int PAGES_A_MERGE = 64;

    /** Short texts go in together. */
    private static final int MOST_TEXTS = 50;

    private final PieceSize size = new PieceSize();
    private int stepsSinceMerge;
    private boolean mergesNext = true;

    @Override
    public boolean isDue(Transaction reading) {
        return mergesNext || stepsSinceMerge > 0 || reading.dao(IndexDao.class).anythingWaits();
    }

    @Override
    public boolean step(Transaction writing) {
        var dao = writing.dao(IndexDao.class);
        if (mergesNext) {
            mergesNext = merges(dao);
            return true;
        }
        var time = new StepTime();
        boolean works = true;
        int pieces = 0;
        for (; works && time.isLeft(); pieces++) {
            works = removes(dao) || adds(dao) || new WideGramsBackfill(dao, size).step();
        }
        stepsSinceMerge++;
        if (!works || stepsSinceMerge == STEPS_BETWEEN_MERGES) {
            mergesNext = stepsSinceMerge > 1 || pieces > 1;
            stepsSinceMerge = 0;
        }
        return works || mergesNext;
    }

    private static boolean merges(IndexDao dao) {
        long before = dao.changes();
        dao.merge(PAGES_A_MERGE);
        boolean merged = dao.changes() - before >= 2;
        long between = dao.changes();
        dao.mergeWide(PAGES_A_MERGE);
        return merged || dao.changes() - between >= 2;
    }

    private boolean removes(IndexDao dao) {
        int length = size.characters();
        var next = dao.nextRemoval(length + Grams.OVERLAP);
        if (next.isPresent() && next.get().piece() == null) { // what is damaged leaves grams behind, which find nothing
            dao.finishRemoval(next.get().position());
            return true;
        }
        next.ifPresent(removal -> size.measure(removal.piece().length(), () -> remove(dao, removal, length)));
        return next.isPresent();
    }

    private static void remove(IndexDao dao, IndexDao.Removal removal, int length) {
        int end = removal.removed() + length;
        boolean isLast = end >= removal.length();
        new Grams(dao).remove(removal.position(), removal.piece(), length, removal.removed() == 0, isLast && removal.whole());
        if (isLast) {
            dao.finishRemoval(removal.position());
        } else {
            dao.advanceRemoval(removal.position(), end);
        }
    }

    /** A piece of one long text, or as many short ones. */
    private boolean adds(IndexDao dao) {
        var waiting = dao.listWaiting(MOST_TEXTS);
        if (waiting.isEmpty()) {
            return false;
        }
        var next = waiting.get(0);
        int length = size.characters();
        if (next.indexed() > 0 || next.bytes() > length) {
            size.measure(length, () -> addPiece(dao, next, length));
            return true;
        }
        var batch = together(waiting.stream().takeWhile(message -> message.indexed() == 0).toList(), IndexDao.Waiting::bytes, length);
        size.measure(0, () -> addAll(dao, batch));
        return true;
    }

    /** The first of some, as long as they are not longer in all; one at least. */
    static <T> List<T> together(List<T> texts, ToLongFunction<T> bytes, int most) {
        long sum = 0;
        int count = 0;
        for (; count < texts.size(); count++) {
            sum += bytes.applyAsLong(texts.get(count));
            if (sum > most) {
                break;
            }
        }
        return texts.subList(0, Math.max(count, 1));
    }

    private static void addPiece(IndexDao dao, IndexDao.Waiting message, int length) {
        long id = message.messageId();
        boolean isFirst = message.indexed() == 0;
        if (isFirst) {
            dao.place(id);
        }
        var position = dao.findPosition(id);
        if (position.isEmpty()) {
            dao.finish(id);
            return;
        }
        int end = message.indexed() + length;
        var piece = dao.piece(id, message.indexed(), length + Grams.OVERLAP);
        boolean isLast = end >= piece.length();
        new Grams(dao).add(position.get(), piece.text(), length, isFirst, isLast);
        if (isLast) {
            dao.finish(id);
        } else {
            dao.advance(id, end);
        }
    }

    /** The grams are added without any other write in between, which would make a part of the index of each text. */
    private static void addAll(IndexDao dao, List<IndexDao.Waiting> messages) {
        var ids = messages.stream().map(IndexDao.Waiting::messageId).toList();
        ids.forEach(dao::place);
        var texts = new LinkedHashMap<Long, String>();
        for (long id : ids) {
            dao.findPosition(id).ifPresent(position -> texts.put(position, dao.piece(id, 0, Integer.MAX_VALUE).text()));
        }
        new Grams(dao).addAll(texts);
        ids.forEach(dao::finish);
    }
}
