package ollamaweb.search.sqlite;

import java.util.Map;

/**
 * What the index is made of: trigrams, and wide grams for the entries that have them already. However many pieces a text is
 * made of, each counts it once: what is counted too often is taken back.
 */
final class Grams {

    /** What has to follow a piece. The trigrams across the border of two pieces are in the first. */
    static final int OVERLAP = WideGrams.OVERLAP;
    private static final int TRIGRAM_OVERLAP = 2;

    private final IndexDao dao;
    private final long narrow;

    Grams(IndexDao dao) {
        this.dao = dao;
        this.narrow = dao.findDue().map(IndexDao.Due::position).orElse(Long.MIN_VALUE);
    }

    /**
     * @param piece  with the {@link #OVERLAP} after it
     * @param length of the piece without that, in characters
     */
    void add(long position, String piece, int length, boolean isFirst, boolean isLast) {
        dao.addGrams(position, trigrams(piece, length, isLast));
        if (!isFirst) {
            dao.removeGrams(position, "");
        }
        if (isWide(position)) {
            addWide(position, piece, length, isFirst);
        }
    }

    void addWide(long position, String piece, int length, boolean isFirst) {
        dao.addWideGrams(position, WideGrams.of(piece, length));
        if (!isFirst) {
            dao.removeWideGrams(position, "");
        }
    }

    /** Whole texts, first what goes into one index and then the rest: to go from one to the other takes longer. */
    void addAll(Map<Long, String> texts) {
        texts.forEach((position, text) -> dao.addGrams(position, IndexedText.of(text, true)));
        addAllWide(texts);
    }

    void addAllWide(Map<Long, String> texts) {
        texts.forEach((position, text) -> {
            if (isWide(position)) {
                dao.addWideGrams(position, WideGrams.of(text, text.length()));
            }
        });
    }

    /** As {@link #add}; {@code hasEnd}: whether the index has the end of the piece as the end of its text. */
    void remove(long position, String piece, int length, boolean isFirst, boolean hasEnd) {
        if (!isFirst) {
            dao.addGrams(position, "");
        }
        dao.removeGrams(position, trigrams(piece, length, hasEnd));
        if (isWide(position)) {
            if (!isFirst) {
                dao.addWideGrams(position, "");
            }
            dao.removeWideGrams(position, WideGrams.of(piece, length));
        } else if (position == narrow) {
            dao.advanceDue(position, 0);
        }
    }

    private boolean isWide(long position) {
        return position > narrow;
    }

    private static String trigrams(String piece, int length, boolean hasEnd) {
        int size = length + TRIGRAM_OVERLAP;
        boolean isWhole = piece.length() <= size || piece.codePointCount(0, piece.length()) <= size;
        return IndexedText.of(isWhole ? piece : piece.substring(0, piece.offsetByCodePoints(0, size)), hasEnd);
    }
}
