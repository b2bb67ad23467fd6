package ollamaweb.http;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** How the ALICE API wraps what it answers. */
public record Envelope<T>(T data, String message, Instant timestamp) {

    /** A page of a list. */
    public record Items<T>(List<T> items, long total, int page, int pageSize, long totalPages) {}

    public static <T> Envelope<T> of(T data, Clock clock) {
        return new Envelope<>(data, "Success", clock.instant());
    }

    /** @param items the items of this page, out of {@code total} */
    public static <T> Envelope<Items<T>> of(List<T> items, long total, Page page, Clock clock) {
        return of(new Items<>(items, total, page.page(), page.pageSize(), page.totalPages(total)), clock);
    }
}
