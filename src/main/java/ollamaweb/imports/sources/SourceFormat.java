package ollamaweb.imports.sources;

import java.io.IOException;

/** One of the formats in which conversations are exported, by another program or by this one. */
public interface SourceFormat {

    /** @return its name in reports, such as {@code chatgpt} */
    String name();

    /**
     * Looks at what the file holds, never at what it is called, and reads no more of it than that takes.
     *
     * @return whether the file is of this format
     * @throws IOException if it cannot be read
     */
    boolean recognizes(SourceContainer file) throws IOException;

    /**
     * Tells all conversations of the file, one after the other, each as soon as it is read. What is wrong with one of them is
     * told to the sink and keeps none of the others back.
     *
     * @param file that this format {@linkplain #recognizes recognizes}
     * @throws IOException if the file cannot be read on; what was told until then counts
     */
    void read(SourceContainer file, ConversationSink sink) throws IOException;
}
