package ollamaweb.search.sqlite;

import java.util.List;
import java.util.TreeMap;

/** Gives the entries that were there before wide grams theirs, from the newest on: until then they are found by trigrams. */
final class WideGramsBackfill {

    private static final int MOST_TEXTS = 50;

    private final IndexDao dao;
    private final PieceSize size;

    WideGramsBackfill(IndexDao dao, PieceSize size) {
        this.dao = dao;
        this.size = size;
    }

    /** @return whether there was something to do; nothing else of the index may be under way */
    boolean step() {
        var due = dao.findDue();
        if (due.isEmpty()) {
            return false;
        }
        var next = dao.listNarrow(due.get().position(), MOST_TEXTS);
        if (next.isEmpty()) {
            dao.finishDue();
            return true;
        }
        int length = size.characters();
        var newest = next.get(0);
        int indexed = newest.position() == due.get().position() ? due.get().indexed() : 0;
        if (indexed > 0 || newest.bytes() > length) {
            size.measure(length, () -> addPiece(newest, indexed, length));
        } else {
            size.measure(0, () -> addAll(SearchIndexer.together(next, IndexDao.Narrow::bytes, length)));
        }
        return true;
    }

    private void addPiece(IndexDao.Narrow entry, int indexed, int length) {
        var piece = dao.piece(entry.messageId(), indexed, length + Grams.OVERLAP);
        boolean isLast = indexed + length >= piece.length();
        new Grams(dao).addWide(entry.position(), piece.text(), length, indexed == 0);
        dao.advanceDue(isLast ? entry.position() - 1 : entry.position(), isLast ? 0 : indexed + length);
    }

    private void addAll(List<IndexDao.Narrow> entries) {
        var texts = new TreeMap<Long, String>();
        for (var entry : entries) {
            var piece = dao.piece(entry.messageId(), 0, Integer.MAX_VALUE);
            if (piece != null) {
                texts.put(entry.position(), piece.text());
            }
        }
        dao.advanceDue(entries.get(entries.size() - 1).position() - 1, 0);
        new Grams(dao).addAllWide(texts);
    }
}
