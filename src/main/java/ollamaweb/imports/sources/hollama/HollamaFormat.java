package ollamaweb.imports.sources.hollama;

import java.io.IOException;
import java.util.Set;
import ollamaweb.imports.sources.ConversationFeed;
import ollamaweb.imports.sources.ConversationSink;
import ollamaweb.imports.sources.JsonShape;
import ollamaweb.imports.sources.JsonTreeReader;
import ollamaweb.imports.sources.SourceContainer;
import ollamaweb.imports.sources.SourceFormat;

/** The list of all sessions that Hollama exports. */
public final class HollamaFormat implements SourceFormat {

    private final JsonTreeReader trees = new JsonTreeReader(JsonTreeReader.USUAL_DEPTH, Set.of("context"));

    @Override
    public String name() {
        return "hollama";
    }

    @Override
    public boolean recognizes(SourceContainer file) throws IOException {
        if (file.isZip()) {
            return false;
        }
        try (var in = file.open()) {
            var shape = JsonShape.of(in);
            return shape.isListWith("id", "messages", "model") || shape.isListWith("id", "messages", "systemPrompt");
        }
    }

    @Override
    public void read(SourceContainer file, ConversationSink sink) throws IOException {
        new ConversationFeed(sink, trees, HollamaSession::read).readList("The file", file::open);
    }
}
