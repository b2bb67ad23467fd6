package ollamaweb.messages;

import java.util.List;
import ollamaweb.db.Transaction;

/** The newest messages of a path, oldest first. Only every 32nd is remembered, so that a long path takes little memory. */
public final class MessagePath implements MessageSource {

    private final long[] ends;
    private final boolean hasMore;
    private final long userId;

    private MessagePath(long[] ends, boolean hasMore, long userId) {
        this.ends = ends;
        this.hasMore = hasMore;
        this.userId = userId;
    }

    /**
     * @param last   the message that the path leads to; null for an empty path
     * @param limit  how many messages, at most
     * @param userId whose favorites are told
     */
    public static MessagePath to(Transaction tx, Long last, int limit, long userId) {
        if (last == null) {
            return new MessagePath(new long[0], false, userId);
        }
        var steps = tx.dao(PathDao.class).steps(last, limit);
        return new MessagePath(steps.stream().mapToLong(PathDao.Step::id).toArray(), !steps.isEmpty() && steps.get(0).depth() > 1, userId);
    }

    /** @return whether the path has older messages than these */
    public boolean hasMore() {
        return hasMore;
    }

    @Override
    public List<MessageHead> after(Transaction tx, Long id) {
        int end = id == null ? Math.min(1, ends.length - 1) : firstEndAfter(id);
        if (end < 0 || end == ends.length) {
            return List.of();
        }
        return tx.dao(PathDao.class).heads(id == null ? ends[0] : id + 1, ends[end], userId);
    }

    @Override
    public boolean isLast(long id) {
        return id == ends[ends.length - 1];
    }

    private int firstEndAfter(long id) {
        int end = 0;
        while (end < ends.length && ends[end] <= id) {
            end++;
        }
        return end;
    }
}
