package ollamaweb.imports.sources.chatgpt;

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

/** The zip that ChatGPT sends to who asks for all their data, or the list of conversations out of it. */
public final class ChatGptFormat implements SourceFormat {

    private static final Pattern LIST = Pattern.compile("conversations(?:-\\d+)?\\.json");
    /** Sources of answers and the like, which are much of an export and none of a conversation. */
    private static final Set<String> SKIPPED = Set.of("citations", "content_references", "search_result_groups", "safe_urls",
            "aggregate_result", "moderation_results", "disabled_tool_ids");

    private final JsonTreeReader trees = new JsonTreeReader(JsonTreeReader.USUAL_DEPTH, SKIPPED);

    @Override
    public String name() {
        return "chatgpt";
    }

    @Override
    public boolean recognizes(SourceContainer file) throws IOException {
        if (!file.isZip()) {
            try (var in = file.open()) {
                return JsonShape.of(in).isListWith("mapping");
            }
        }
        for (var member : Members.like(LIST, file)) {
            try (var in = file.open(member)) {
                var shape = JsonShape.of(in);
                if (shape.isListWith("mapping") || shape.isEmptyList() && isAmongChatGptsOwn(file)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public void read(SourceContainer file, ConversationSink sink) throws IOException {
        var media = new ChatGptMedia(file, trees);
        var feed = new ConversationFeed(sink, trees, json -> new ChatGptConversation(json, media).read());
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

    private static boolean isAmongChatGptsOwn(SourceContainer file) {
        return Members.has("user.json", file) || Members.has("chat.html", file);
    }
}
