package ollamaweb.imports.sources.claude;

import java.io.IOException;
import java.util.Set;
import java.util.regex.Pattern;
import ollamaweb.imports.sources.ConversationFeed;
import ollamaweb.imports.sources.ConversationSink;
import ollamaweb.imports.sources.JsonShape;
import ollamaweb.imports.sources.JsonTreeReader;
import ollamaweb.imports.sources.Members;
import ollamaweb.imports.sources.SourceContainer;
import ollamaweb.imports.sources.SourceFormat;

/** The zip that Claude sends to who asks for all their data, or the list of conversations out of it. */
public final class ClaudeFormat implements SourceFormat {

    private static final Pattern LIST = Pattern.compile("conversations(?:-\\d+)?\\.json");
    /** Such as where on the web an answer found what it says. */
    private static final Set<String> SKIPPED = Set.of("citations", "summaries", "display_content", "approval_options");

    private final JsonTreeReader trees = new JsonTreeReader(JsonTreeReader.USUAL_DEPTH, SKIPPED);

    @Override
    public String name() {
        return "claude";
    }

    @Override
    public boolean recognizes(SourceContainer file) throws IOException {
        if (!file.isZip()) {
            try (var in = file.open()) {
                return JsonShape.of(in).isListWith("chat_messages");
            }
        }
        for (var member : Members.like(LIST, file)) {
            try (var in = file.open(member)) {
                var shape = JsonShape.of(in);
                if (shape.isListWith("chat_messages") || shape.isEmptyList() && Members.has("users.json", file)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public void read(SourceContainer file, ConversationSink sink) throws IOException {
        var feed = new ConversationFeed(sink, trees, json -> new ClaudeConversation(json).read());
        if (!file.isZip()) {
            feed.readList("The file", file::open);
            return;
        }
        for (var member : Members.like(LIST, file)) {
            if (!feed.hasEnded()) {
                feed.readList(Members.baseName(member), () -> file.open(member));
            }
        }
    }
}
