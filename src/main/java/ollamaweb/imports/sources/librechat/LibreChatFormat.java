package ollamaweb.imports.sources.librechat;

import java.io.IOException;
import java.util.Set;
import ollamaweb.imports.sources.ConversationFeed;
import ollamaweb.imports.sources.ConversationSink;
import ollamaweb.imports.sources.JsonShape;
import ollamaweb.imports.sources.JsonTreeReader;
import ollamaweb.imports.sources.SourceContainer;
import ollamaweb.imports.sources.SourceFormat;

/** The file that LibreChat makes of one conversation. */
public final class LibreChatFormat implements SourceFormat {

    /** Messages are written into each other there: two levels for each of 50,000. */
    private static final int DEPTH = 100_200;

    private final JsonTreeReader trees = new JsonTreeReader(DEPTH, Set.of("metadata", "searchResult"));

    @Override
    public String name() {
        return "librechat";
    }

    @Override
    public boolean recognizes(SourceContainer file) throws IOException {
        if (file.isZip()) {
            return false;
        }
        try (var in = file.open()) {
            var shape = JsonShape.of(in);
            return shape.isObjectWith("conversationId", "messagesTree") || shape.isObjectWith("conversationId", "messages");
        }
    }

    @Override
    public void read(SourceContainer file, ConversationSink sink) throws IOException {
        new ConversationFeed(sink, trees, json -> new LibreChatConversation(json).read()).readSingle("The file", file::open);
    }
}
