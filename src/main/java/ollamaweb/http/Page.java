package ollamaweb.http;

import io.javalin.http.Context;

/**
 * Which part of a list is asked for.
 *
 * @param page     counted from 1
 * @param pageSize 1 to 100 items
 */
public record Page(int page, int pageSize) {

    private static final int DEFAULT_SIZE = 20;
    private static final int MAX_SIZE = 100;

    public Page {
        Check.query()
                .range("page", page, 1, Integer.MAX_VALUE)
                .range("page_size", pageSize, 1, MAX_SIZE)
                .orThrow();
    }

    /** Reads {@code ?page=1&page_size=20}. */
    public static Page of(Context ctx) {
        return new Page(Input.queryInt(ctx, "page", 1), Input.queryInt(ctx, "page_size", DEFAULT_SIZE));
    }

    public int limit() {
        return pageSize;
    }

    public long offset() {
        return (page - 1L) * pageSize;
    }

    public long totalPages(long total) {
        return (total + pageSize - 1) / pageSize;
    }
}
