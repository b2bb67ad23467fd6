package ollamaweb.conversations;

import java.util.regex.Pattern;

/** What a system prompt may be, wherever it enters: it must not be able to open a turn of its own. */
public final class SystemPrompt {

    /** In Unicode code points, before cleaning. */
    public static final int MAX_LENGTH = 4000;

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\\t\\n]]");

    /**
     * The marks of the chat templates in use: in angle brackets with bars (ChatML, Llama 3 and 4, Phi, Zephyr, DeepSeek,
     * Command R, Granite, GPT-OSS; Gemma 4 has one bar only), in square brackets (Mistral, Llama 2, EXAONE, GLM), as tags
     * (Llama 2, Gemma). Their names have no blanks in them, which pipes in code do.
     */
    private static final Pattern TEMPLATE_TOKEN = Pattern.compile(
            "<[|｜][^<>|｜\\s]{1,64}[|｜]>|<[|｜]\\w{1,64}>|<\\w{1,64}[|｜]>"
                    + "|\\[/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS|TOOL_CONTENT|THINK|gMASK)]"
                    + "|\\[\\|(?:system|user|assistant|tool|endofturn)\\|]"
                    + "|<</?SYS>>"
                    + "|</?s>|<(?:bos|eos|sop|eop|pad|unk)>|<(?:bos|eos)_token>"
                    + "|<(?:start|end)_of_(?:turn|role|text)>",
            Pattern.CASE_INSENSITIVE);

    private SystemPrompt() {}

    /** @return the prompt without control characters and chat-template tokens; null for one that has nothing left */
    public static String clean(String prompt) {
        if (prompt == null) {
            return null;
        }
        var text = CONTROL.matcher(prompt.replace("\r\n", "\n")).replaceAll("");
        for (var before = ""; !before.equals(text);) {
            before = text;
            text = TEMPLATE_TOKEN.matcher(text).replaceAll("");
        }
        return text.isBlank() ? null : text;
    }
}
