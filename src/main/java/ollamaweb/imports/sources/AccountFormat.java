package ollamaweb.imports.sources;

import java.io.IOException;

/** A format whose files hold more of an account than its conversations. */
public interface AccountFormat extends SourceFormat {

    /**
     * Tells all of the rest, after {@link #read} has told the conversations: prompts, then goals, then tasks, then insights, then the settings.
     *
     * @throws IOException as {@link #read}
     */
    void readRest(SourceContainer file, AccountSink sink) throws IOException;
}
