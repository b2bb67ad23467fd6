package ollamaweb.imports;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * What became of one conversation.
 *
 * @param number         its place in the file, from 1
 * @param messages       how many were written; of a conversation that is unchanged, none
 * @param detail         what could not be brought along, or why nothing was; null where all was
 * @param conversationId where it is now; null where it is nowhere
 */
public record ImportItem(@JsonIgnore int number, String title, String result, int messages, String detail, Long conversationId) {

    static final String IMPORTED = "imported";
    static final String UPDATED = "updated";
    static final String UNCHANGED = "unchanged";
    static final String FAILED = "failed";

    /** @return whether there is something to tell of it */
    @JsonIgnore
    boolean isRemarkable() {
        return detail != null;
    }

    /** @return that, as a line */
    String remark() {
        return "\"" + title + "\" " + result + ": " + detail;
    }

    ImportItem at(int place) {
        return new ImportItem(place, title, result, messages, detail, conversationId);
    }
}
