package ollamaweb.conversations;

import java.util.regex.Pattern;

/** What a system prompt may be, wherever it enters: it must not be able to open a turn of its own. */
public final class SystemPrompt {

    /** In Unicode code points, before cleaning. */
    public static final int MAX_LENGTH = 4000;

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\\t\\n]]");

    /** The turn and role marks of the chat templates in use: ChatML, Llama 2 and 3, Mistral, Gemma, Phi, DeepSeek, Zephyr. */
    private static final Pattern TEMPLATE_TOKEN = Pattern.compile(
            "<[|｜][^<>|｜\\n]{1,64}[|｜]>"
                    + "|\\[/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS)]"
                    + "|<</?SYS>>"
                    + "|</?s>|<(?:bos|eos|pad|unk)>"
                    + "|</?(?:start|end)_of_turn>"
                    + "|<(?:start|end)_of_(?:role|text)>",
            Pattern.CASE_INSENSITIVE);

    private SystemPrompt() {}

    /** @return the prompt without control characters and chat-template tokens; null for one that has nothing left */
    public static String clean(String prompt) {
        if (prompt == null) {
            return null;
        }
        var text = CONTROL.matcher(prompt.replace("\r\n", "\n")).replaceAll("");
        for (var before = ""; !before.equals(text); ) {
            before = text;
            text = TEMPLATE_TOKEN.matcher(text).replaceAll("");
        }
        return text.isBlank() ? null : text;
    }
}
