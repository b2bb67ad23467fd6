package ollamaweb.imports.sources;

/**
 * How an answer came to its end, as its source tells it. Nothing in it is checked.
 *
 * @param status     {@code interrupted} or {@code error}; anything else, or null: it is complete
 * @param error      what its reader was told, or null
 * @param doneReason why its model ended it, or null
 */
public record SourceEnding(String status, String error, String doneReason) {

    /** Where a source tells nothing of it. */
    public static final SourceEnding COMPLETE = new SourceEnding(null, null, null);
}
