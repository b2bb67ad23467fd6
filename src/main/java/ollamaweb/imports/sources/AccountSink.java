package ollamaweb.imports.sources;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/** Takes what a file holds of an account beside conversations. */
public interface AccountSink {

    /** What something is. */
    enum Kind { PROMPT, GOAL, TASK, INSIGHT, SETTINGS }

    /**
     * @param origin tells exports of the same account from those of others; ids are those of this account
     * @param json   as the export has it, unchecked
     * @throws IOException if nothing more is wanted: the import was cancelled
     */
    void add(Kind kind, String origin, JsonNode json) throws IOException;

    /**
     * Something that cannot be read.
     *
     * @throws IOException as {@link #add}
     */
    void fail(String title, String detail) throws IOException;
}
