package ollamaweb.imports;

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

    private Formats() {}

    /** @throws UnreadableException if it is of none of them */
    static SourceFormat of(SourceContainer file) throws IOException {
        for (var format : ALL) {
            if (format.recognizes(file)) {
                return format;
            }
        }
        if (file.isZip() && file.members().stream().anyMatch(name -> name.endsWith(".zip"))) {
            throw new UnreadableException("There is a zip in the zip; unpack it, and import what is in it.");
        }
        throw new UnreadableException("This is no export of ChatGPT, Claude, Open WebUI, LibreChat, LobeHub, Hollama, Ollama's app, "
                + "AnythingLLM or ollama-web.");
    }
}
