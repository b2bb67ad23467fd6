package ollamaweb.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** How the ALICE API wraps what it answers. */
public record Envelope<T>(T data, String message, Instant timestamp) {

    private static final String BEGIN = "{\"data\":";
    private static final String TIME = ",\"timestamp\":\"";
    /** The time with what stands before and behind it is shorter. */
    private static final int LONGEST_END = 64;

    /** A page of a list. */
    public record Items<T>(List<T> items, long total, int page, int pageSize, long totalPages) {}

    public static <T> Envelope<T> of(T data, Clock clock) {
        return new Envelope<>(data, "Success", clock.instant());
    }

    /** @param items the items of this page, out of {@code total} */
    public static <T> Envelope<Items<T>> of(List<T> items, long total, Page page, Clock clock) {
        return of(new Items<>(items, total, page.page(), page.pageSize(), page.totalPages(total)), clock);
    }

    /**
     * @param json an answer, in an envelope or not
     * @return how many of its bytes come before the time of the envelope, which is another one in each answer
     */
    static int lengthWithoutTime(byte[] json) {
        if (json.length <= BEGIN.length() || !BEGIN.equals(new String(json, 0, BEGIN.length(), ISO_8859_1))) {
            return json.length;
        }
        int end = Math.max(0, json.length - LONGEST_END);
        int time = new String(json, end, json.length - end, ISO_8859_1).lastIndexOf(TIME);
        return time < 0 ? json.length : end + time;
    }
}
