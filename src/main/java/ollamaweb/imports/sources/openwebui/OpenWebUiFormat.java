package ollamaweb.imports.sources.openwebui;

import java.io.IOException;
import java.util.Set;
import ollamaweb.imports.sources.ConversationFeed;
import ollamaweb.imports.sources.ConversationSink;
import ollamaweb.imports.sources.JsonShape;
import ollamaweb.imports.sources.JsonTreeReader;
import ollamaweb.imports.sources.SourceContainer;
import ollamaweb.imports.sources.SourceFormat;

/** The list that Open WebUI makes of all chats of a user, or one chat out of it. */
public final class OpenWebUiFormat implements SourceFormat {

    /** What was found on the web and in documents, and what the page shows beside it. */
    private static final Set<String> SKIPPED = Set.of("sources", "citations", "statusHistory", "followUps", "childrenIds", "embeds");

    private final JsonTreeReader trees = new JsonTreeReader(JsonTreeReader.USUAL_DEPTH, SKIPPED);

    @Override
    public String name() {
        return "open-webui";
    }

    @Override
    public boolean recognizes(SourceContainer file) throws IOException {
        if (file.isZip()) {
            return false;
        }
        try (var in = file.open()) {
            return JsonShape.of(in).has("chat");
        }
    }

    @Override
    public void read(SourceContainer file, ConversationSink sink) throws IOException {
        var feed = new ConversationFeed(sink, trees, json -> new OpenWebUiConversation(json).read());
        if (isList(file)) {
            feed.readList("The file", file::open);
        } else {
            feed.readSingle("The file", file::open);
        }
    }

    private static boolean isList(SourceContainer file) throws IOException {
        try (var in = file.open()) {
            return JsonShape.of(in).isList();
        }
    }
}
