package ollamaweb.imports;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.List;
import ollamaweb.imports.sources.SourceContainer;
import ollamaweb.imports.sources.SourceFormat;
import ollamaweb.imports.sources.UnreadableException;
import ollamaweb.imports.sources.anythingllm.AnythingLlmFormat;
import ollamaweb.imports.sources.chatgpt.ChatGptFormat;
import ollamaweb.imports.sources.claude.ClaudeFormat;
import ollamaweb.imports.sources.hollama.HollamaFormat;
import ollamaweb.imports.sources.librechat.LibreChatFormat;
import ollamaweb.imports.sources.lobehub.LobeHubFormat;
import ollamaweb.imports.sources.ollamaapp.OllamaAppFormat;
import ollamaweb.imports.sources.ollamaweb.OllamaWebFormat;
import ollamaweb.imports.sources.openwebui.OpenWebUiFormat;

/** All formats that can be imported. */
final class Formats {

    /** In the order in which a file is looked at: those first that can be told for certain. */
    private static final List<SourceFormat> ALL = List.of(new OllamaWebFormat(), new ChatGptFormat(), new ClaudeFormat(),
            new OpenWebUiFormat(), new LibreChatFormat(), new LobeHubFormat(), new OllamaAppFormat(), new AnythingLlmFormat(),
            new HollamaFormat());

    private static final String SQLITE = "SQLite format 3";
    private static final String LITTLE_ENDIAN_MARK = "\u00ff\u00fe";
    private static final String BIG_ENDIAN_MARK = "\u00fe\u00ff";

    private Formats() {}

    /** @throws UnreadableException if it is of none of them */
    static SourceFormat of(SourceContainer file) throws IOException {
        for (var format : ALL) {
            if (format.recognizes(file)) {
                return format;
            }
        }
        throw new UnreadableException(whyOfNone(file));
    }

    private static String whyOfNone(SourceContainer file) throws IOException {
        if (file.isZip() && file.members().stream().anyMatch(name -> name.endsWith(".zip"))) {
            return "There is a zip in the zip; unpack it, and import what is in it.";
        }
        var first = first(file);
        if (first.startsWith(LITTLE_ENDIAN_MARK) || first.startsWith(BIG_ENDIAN_MARK)) {
            return "The file is written in UTF-16; save it as UTF-8, and import that.";
        }
        if (first.startsWith(SQLITE)) {
            return "This is an SQLite file, but not that of Ollama's app, or it is damaged.";
        }
        return "This is no export of ChatGPT, Claude, Open WebUI, LibreChat, LobeHub, Hollama, Ollama's app, AnythingLLM or ollama-web.";
    }

    private static String first(SourceContainer file) throws IOException {
        if (file.isZip()) {
            return "";
        }
        try (var in = file.open()) {
            return new String(in.readNBytes(SQLITE.length()), ISO_8859_1);
        }
    }
}
