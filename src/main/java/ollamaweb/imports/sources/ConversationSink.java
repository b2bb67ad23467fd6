package ollamaweb.imports.sources;

import java.io.IOException;

/** Takes the conversations of a file as they are read from it. */
public interface ConversationSink {

    /**
     * @param conversation unchecked: its messages may be in any order, name parents that are not there, or follow each other in
     *                     a circle
     * @throws IOException if nothing more is wanted: the import was cancelled
     */
    void add(SourceConversation conversation) throws IOException;

    /**
     * A conversation that cannot be read, or something else in the file.
     *
     * @param title  what it is called, as far as that can be told
     * @param detail what is wrong, as a sentence for its reader
     * @throws IOException as {@link #add}
     */
    void fail(String title, String detail) throws IOException;

    /**
     * Asked now and then while a file is read in which nothing is found to tell.
     *
     * @throws IOException as {@link #add}
     */
    default void goOn() throws IOException {}
}
