package ollamaweb.imports.sources.anythingllm;

import java.io.IOException;
import java.util.Set;
import ollamaweb.imports.sources.ConversationFeed;
import ollamaweb.imports.sources.ConversationSink;
import ollamaweb.imports.sources.JsonShape;
import ollamaweb.imports.sources.JsonTreeReader;
import ollamaweb.imports.sources.SourceContainer;
import ollamaweb.imports.sources.SourceFormat;

/** What AnythingLLM exports: all chats as rows of JSON, all workspaces as lines of JSON, or one thread. */
public final class AnythingLlmFormat implements SourceFormat {

    private final JsonTreeReader trees = new JsonTreeReader(JsonTreeReader.USUAL_DEPTH, Set.of("sources"));

    /** Which of the forms a file has. */
    private enum Form {
        ROWS, LINES, THREAD, NONE
    }

    @Override
    public String name() {
        return "anythingllm";
    }

    @Override
    public boolean recognizes(SourceContainer file) throws IOException {
        return !file.isZip() && form(file) != Form.NONE;
    }

    @Override
    public void read(SourceContainer file, ConversationSink sink) throws IOException {
        switch (form(file)) {
            case ROWS -> new AnythingLlmRows(file, trees, sink).read();
            case LINES -> new ConversationFeed(sink, trees, AnythingLlmMessages::ofLine).readLines("The file", file::open);
            default -> new ConversationFeed(sink, trees, AnythingLlmMessages::ofThread).readSingle("The file", file::open);
        }
    }

    private static Form form(SourceContainer file) throws IOException {
        try (var in = file.open()) {
            var shape = JsonShape.of(in);
            if (shape.isListWith("prompt", "response")) {
                return Form.ROWS;
            }
            if (shape.isObjectWith("workspace", "thread", "messages")) {
                return Form.THREAD;
            }
            // A line has nothing but messages, whereas other programs tell an id or a title.
            return !shape.isList() && shape.members().stream().anyMatch(Set.of("messages")::equals) ? Form.LINES : Form.NONE;
        }
    }
}
