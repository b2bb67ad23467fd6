package ollamaweb.chat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import ollamaweb.chat.ContextDao.Candidate;

/**
 * The messages of a conversation that a model gets to read: the newest, as many as the limits allow. The last one is always
 * among them.
 *
 * @param ids           oldest first
 * @param leftOut       why the others are not among them
 * @param fileTextBytes how long the texts of their files are together
 */
record ContextWindow(List<Long> ids, List<LeftOut> leftOut, long fileTextBytes) {

    /** More than any model reads; giant messages of older databases would otherwise fill the memory. */
    static final long MAX_BYTES = 4 * 1024 * 1024;
    /** Images are sent again with each question; those of older messages go no further than this. */
    private static final long MAX_IMAGE_BYTES = 64L * 1024 * 1024;
    /** What the role and the ends of a message take beside its text. */
    private static final int TOKENS_OF_FRAME = 8;

    /**
     * Messages that were left out for one reason.
     *
     * @param reason {@code empty}: answers that never began; {@code messages}: there are newer ones, as many as may be sent;
     *               {@code context}: they do not fit the model's context; {@code size}: all together would be over 4 MiB of text, or
     *               64 MiB of images
     */
    record LeftOut(String reason, int messages) {}

    /**
     * @param newest        the newest messages, newest first, some more than may be sent
     * @param all           how many messages there are
     * @param bytesPerToken of this model
     */
    static ContextWindow of(List<Candidate> newest, int all, ContextLimits limits, double bytesPerToken, long systemPromptBytes) {
        var ids = new ArrayList<Long>();
        int empty = 0;
        long bytes = 0;
        long fileTextBytes = 0;
        long imageBytes = 0;
        double tokens = systemPromptBytes / bytesPerToken + TOKENS_OF_FRAME;
        var reason = "messages";
        for (var candidate : newest) {
            if (candidate.bytes() == 0) {
                empty++;
                continue;
            }
            bytes += candidate.bytes();
            imageBytes += candidate.imageBytes();
            tokens += (candidate.bytes() + candidate.fileTextBytes()) / bytesPerToken + TOKENS_OF_FRAME;
            boolean isLast = ids.isEmpty();
            if (ids.size() == limits.messages()) {
                break;
            }
            boolean hasLargeFiles = bytes + fileTextBytes + candidate.fileTextBytes() > MAX_BYTES || imageBytes > MAX_IMAGE_BYTES;
            if (bytes > MAX_BYTES || !isLast && hasLargeFiles) {
                reason = "size";
                break;
            }
            if (!isLast && limits.tokens() != null && tokens > limits.tokens()) {
                reason = "context";
                break;
            }
            ids.add(candidate.id());
            fileTextBytes += candidate.fileTextBytes();
        }
        Collections.reverse(ids);
        var leftOut = new ArrayList<LeftOut>();
        add(leftOut, reason, all - ids.size() - empty);
        add(leftOut, "empty", empty);
        return new ContextWindow(ids, leftOut, fileTextBytes);
    }

    /** @return how many messages were left out */
    int countLeftOut() {
        return leftOut.stream().mapToInt(LeftOut::messages).sum();
    }

    private static void add(List<LeftOut> leftOut, String reason, int messages) {
        if (messages > 0) {
            leftOut.add(new LeftOut(reason, messages));
        }
    }
}
