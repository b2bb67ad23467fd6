package ollamaweb.chat;

import java.util.TreeMap;

/** One of the texts of an answer that another server makes, put together from parts that come in any order, and twice. */
final class KnownText {

    /** What has come before what stands in front of it; the database has that soon. */
    private static final int MOST_EARLY_BYTES = 1024 * 1024;

    private final TokenLog log;
    private final boolean isThinking;
    private final ReservedMemory memory;
    private final TreeMap<Integer, byte[]> early = new TreeMap<>();
    private int earlyBytes;

    /** @param memory what it is counted against */
    KnownText(TokenLog log, boolean isThinking, ReservedMemory memory) {
        this.log = log;
        this.isThinking = isThinking;
        this.memory = memory;
    }

    /** @return the place up to which it is known */
    int end() {
        return isThinking ? log.thinkingEnd() : log.end();
    }

    /** @return whether nothing is missing in front of what is known */
    boolean isWhole() {
        return early.isEmpty();
    }

    /**
     * Takes a part.
     *
     * @return whether there is more in the log now
     * @throws BoundedText.LimitReached if there is no memory for it
     */
    boolean add(int start, byte[] text) {
        if (start > end()) {
            keepForLater(start, text);
            return false;
        }
        boolean isNew = append(start, text);
        while (!early.isEmpty() && early.firstKey() <= end()) {
            var next = early.pollFirstEntry();
            earlyBytes -= next.getValue().length;
            isNew |= append(next.getKey(), next.getValue());
        }
        return isNew;
    }

    private boolean append(int start, byte[] text) {
        int known = end() - start;
        if (known >= text.length) {
            return false;
        }
        if (!memory.take(TokenLog.memory(text.length - known))) {
            throw new BoundedText.LimitReached(Outcome.notFollowedHere());
        }
        log.appendInPieces(isThinking, text, known);
        return true;
    }

    private void keepForLater(int start, byte[] text) {
        if (earlyBytes + text.length > MOST_EARLY_BYTES) {
            early.clear();
            earlyBytes = 0;
        }
        var former = early.put(start, text);
        earlyBytes += text.length - (former == null ? 0 : former.length);
    }
}
