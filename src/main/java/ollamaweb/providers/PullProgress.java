package ollamaweb.providers;

/**
 * How far the fetching of a model is.
 *
 * @param status    what is being done, in the server's words
 * @param completed bytes that have come, of all parts that were announced so far
 * @param total     bytes that these parts have; 0 before any was announced
 */
public record PullProgress(String status, long completed, long total) {}
