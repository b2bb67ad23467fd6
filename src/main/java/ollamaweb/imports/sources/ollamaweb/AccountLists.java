package ollamaweb.imports.sources.ollamaweb;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import ollamaweb.imports.sources.AccountSink;
import ollamaweb.imports.sources.AccountSink.Kind;
import ollamaweb.imports.sources.JsonScanner;
import ollamaweb.imports.sources.JsonTreeReader;
import ollamaweb.imports.sources.SourceContainer;
import ollamaweb.imports.sources.UnreadableException;
import ollamaweb.imports.sources.UnreadableValueException;

/** The prompts, goals, tasks, insights and settings in the zip of an account. */
final class AccountLists {

    private static final Map<Kind, String> NAMES =
            Map.of(Kind.PROMPT, "prompts.json", Kind.GOAL, "goals.json", Kind.TASK, "tasks.json", Kind.INSIGHT, "insights.json",
                    Kind.SETTINGS, "settings.json");
    private static final int MOST = 200_000;

    private final SourceContainer file;
    private final ExportManifest manifest;
    private final JsonTreeReader trees;
    private final AccountSink sink;
    private boolean hasEnded;

    AccountLists(SourceContainer file, ExportManifest manifest, JsonTreeReader trees, AccountSink sink) {
        this.file = file;
        this.manifest = manifest;
        this.trees = trees;
        this.sink = sink;
    }

    /** @throws IOException if the sink wants no more */
    void read() throws IOException {
        for (var kind : Kind.values()) {
            var member = manifest.folder() + NAMES.get(kind);
            if (file.members().contains(member)) {
                read(kind, member);
            }
        }
    }

    private void read(Kind kind, String member) throws IOException {
        try (var in = file.open(member)) {
            var scanner = new JsonScanner(in);
            if (kind == Kind.SETTINGS) {
                readOne(kind, scanner.value());
                return;
            }
            scanner.beginArray();
            for (int i = 0; scanner.nextElement(); i++) {
                if (i == MOST) {
                    throw new UnreadableException("It has more than " + MOST + " entries; the rest was left out.");
                }
                readOne(kind, scanner.value());
            }
        } catch (IOException e) {
            if (hasEnded) {
                throw e;
            }
            sink.fail(NAMES.get(kind), UnreadableException.sentence(e));
        }
    }

    private void readOne(Kind kind, InputStream value) throws IOException {
        try {
            var json = trees.read(value);
            hasEnded = true;
            sink.add(kind, manifest.origin(), json);
            hasEnded = false;
        } catch (UnreadableValueException e) {
            sink.fail(NAMES.get(kind), e.getMessage());
        }
    }
}
