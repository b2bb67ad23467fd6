package ollamaweb.imports.sources.lobehub;

import java.io.IOException;
import java.util.Set;
import ollamaweb.imports.sources.ConversationSink;
import ollamaweb.imports.sources.JsonShape;
import ollamaweb.imports.sources.SourceContainer;
import ollamaweb.imports.sources.SourceFormat;

/** What LobeHub, formerly LobeChat, exports: tables of rows, in its newer form and in its older, or one topic. */
public final class LobeHubFormat implements SourceFormat {

    @Override
    public String name() {
        return "lobehub";
    }

    @Override
    public boolean recognizes(SourceContainer file) throws IOException {
        if (file.isZip()) {
            return false;
        }
        try (var in = file.open()) {
            var shape = JsonShape.of(in);
            return shape.isObjectWith("data", "schemaHash") || shape.isObjectWith("data", "mode")
                    || shape.isObjectWith("exportType", "state")
                    || isTopic(shape);
        }
    }

    @Override
    public void read(SourceContainer file, ConversationSink sink) throws IOException {
        new LobeHubTables(file, sink).read();
    }

    /** Of a topic alone nothing more is told than this. */
    private static boolean isTopic(JsonShape shape) {
        return shape.isObjectWith("title", "messages", "version")
                && shape.members().stream()
                        .noneMatch(names -> names.stream().anyMatch(Set.of("id", "model_name", "export_version")::contains));
    }
}
