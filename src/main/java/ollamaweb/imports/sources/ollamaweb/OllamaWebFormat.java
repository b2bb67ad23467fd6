package ollamaweb.imports.sources.ollamaweb;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import ollamaweb.imports.sources.AccountFormat;
import ollamaweb.imports.sources.AccountSink;
import ollamaweb.imports.sources.ConversationFeed;
import ollamaweb.imports.sources.ConversationSink;
import ollamaweb.imports.sources.JsonShape;
import ollamaweb.imports.sources.JsonTreeReader;
import ollamaweb.imports.sources.SourceContainer;

/** What this program itself exports: everything of an account as a zip, also packed anew in a folder, or one conversation as JSON. */
public final class OllamaWebFormat implements AccountFormat {

    private static final String CONVERSATIONS = "conversations/";
    private static final String JSON = ".json";

    /** What a server has let a conversation become it takes in again, as far as there is memory for it. */
    private static final long MOST = Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 4);

    private final JsonTreeReader trees = new JsonTreeReader(JsonTreeReader.USUAL_DEPTH, Set.of(), MOST);

    @Override
    public String name() {
        return ExportManifest.FORMAT;
    }

    @Override
    public boolean recognizes(SourceContainer file) throws IOException {
        if (file.isZip()) {
            return manifest(file).isPresent();
        }
        try (var in = file.open()) {
            return JsonShape.of(in).isObjectWith("export_version", "messages");
        }
    }

    @Override
    public void read(SourceContainer file, ConversationSink sink) throws IOException {
        if (!file.isZip()) {
            new ConversationFeed(sink, trees, json -> new OllamaWebConversation(json, null, file, Set.of()).read()).readSingle("The file",
                    file::open);
            return;
        }
        var manifest = manifest(file).orElseThrow();
        if (manifest.isNewer()) {
            sink.fail("The file", "It was exported by a newer version of ollama-web than this one.");
            return;
        }
        var members = Set.copyOf(file.members());
        var feed = new ConversationFeed(sink, trees, json -> new OllamaWebConversation(json, manifest, file, members).read());
        for (var member : conversations(file, manifest.folder())) {
            if (!feed.hasEnded()) {
                feed.readSingle(member.substring(manifest.folder().length()), () -> file.open(member));
            }
        }
    }

    @Override
    public void readRest(SourceContainer file, AccountSink sink) throws IOException {
        var manifest = file.isZip() ? manifest(file) : Optional.<ExportManifest>empty();
        if (manifest.isPresent() && !manifest.get().isNewer()) {
            new AccountLists(file, manifest.get(), trees, sink).read();
        }
    }

    private Optional<ExportManifest> manifest(SourceContainer file) throws IOException {
        return ExportManifest.of(file, trees);
    }

    private static List<String> conversations(SourceContainer file, String folder) {
        return file.members().stream()
                .filter(member -> member.startsWith(folder + CONVERSATIONS) && member.endsWith(JSON))
                .toList();
    }
}
